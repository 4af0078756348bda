<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Show the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not disturb for an hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink to her alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that was said…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Persona</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold {keys} to talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A key to talk: set it under Settings, Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The best one here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>You: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not heard: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been said yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversations could not be written to {file} ({reason}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room there, or choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}, {time}: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who}, {time}: {words} (not heard: {unheard})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConversationWindow</name>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show among the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all of this day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was said is written to {file}: {turns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search what was said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been said yet. Say hello, and you will find it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was said with “{words}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {turns}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all of this day ({day})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted: {turns}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conversations.md</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%Ln turns</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>She stopped without being asked, and is coming back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of what was said is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>She stopped again and again, so she is not started any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>She takes unusually long to get ready.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {doing}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeviceStep</name>
    <message>
        <source>The one this computer uses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The one this computer uses: {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Look for devices again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Done</name>
    <message>
        <source>We are ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk to me whenever you like. To stop me, speak, click on me, or press Escape. You find me in the tray, and all of this again in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say hello</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dots</name>
    <message>
        <source>Step {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>It was ended by signal {code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ended with code {code}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be started: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fetch</name>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It could not be fetched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>First steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FloatingWindow</name>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink to her alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type to her</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop her (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is {doing}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Just talk, or type below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your words go to {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>First steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone, speaker, mind, voice and her name, one after the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the first steps again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HearingPage</name>
    <message>
        <source>The best one here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When she listens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How patient she is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speech to text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whatever you speak</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Hello</name>
    <message>
        <source>Hello, I&apos;m {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I live on this computer, and what we say stays here. Let us see if we can hear each other. It takes two minutes, and you can skip whatever you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First I need ears, a mind and a voice: {size}, once.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Hotkeys</name>
    <message>
        <source>{keys} cannot be used from other programs; choose other keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is needed for typing; add Ctrl, Alt or Meta to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is chosen for both; choose other keys for one of them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Kept</name>
    <message>
        <source>What is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that you ever said to each other will be gone. This cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is not known what there is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln turns, {size} on disk, encrypted.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>One turn, {size} on disk, encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One turn is deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln turns are deleted.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is {file}; its key is {place}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Levels</name>
    <message>
        <source>Hear yourself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say a sentence: you see its words, and hear it as she hears it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>She</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Level: {who}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record a sentence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready to listen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No words were heard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is how you sound…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Did you hear yourself? Then all is well.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Logs</name>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How things went is noted in {folder}, without what was said.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MicrophoneStep</name>
    <message>
        <source>Can I hear you?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say something when the bar moves, and watch your words appear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What she hears you with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How loud you are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Getting ready to listen…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak now. Anything will do: “Good morning, how are you?”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is what I heard. If it is about right, go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I heard no words in that. Try again, or choose another microphone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I hear nothing at all. Is the microphone muted? Else choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The microphone cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MindNow</name>
    <message>
        <source>Her mind now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>She is not awake yet, so nothing is known of her mind.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} by {engine}, on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} by {engine}, at {where}: what is said is sent there.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MindPage</name>
    <message>
        <source>The best one here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More minds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of the models known are here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>built in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>{model} (recommended)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}, licence {licence}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not here yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>What suits this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is what I propose. You can change it at any time; what is larger is wiser, and slower.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ears</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fast this computer is could not be found out, so nothing is recommended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{memory} of memory, {cores} cores, {gpu}. If Ollama runs here, I use the best of its minds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with a GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no GPU</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MoreModels</name>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>What shall we call each other?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep my name, give me another, or let me choose. And tell me yours, if you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may leave this empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let her choose her name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I am called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then I&apos;d like to be called {name}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>What leaves this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of what you say. Only models that you install are fetched from the network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her mind runs at {where}: the words of the conversation are sent there, and nothing else.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>{description} {size}, licence {licence}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; it goes on from there the next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Show finer settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows or hides what most people never change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide finer settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonalityPage</name>
    <message>
        <source>Personas of your own are files in {folder}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PortalKeys</name>
    <message>
        <source>Hold to talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listen or stop listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop watches these keys no more; choose them once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop was asked for these keys and did not give them; choose them once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desktop did not give {keys}; choose other keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desktop lets no program watch keys while another has the keyboard; the keys work in her own window.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>She</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is asleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is thinking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is speaking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not listen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} needs your help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Hear her</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hello. It is a lovely evening for a walk, don&apos;t you think?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentence to hear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is what helps to find out what happened. It holds no words of your conversations, and it goes nowhere unless you send it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More could not be found out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept as {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot be saved there: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RestartBar</name>
    <message>
        <source>Restart her now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Taken when she is started again: {settings}. The conversation is kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchedWords</name>
    <message>
        <source>first run again introduction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>echo cancellation state microphone speaker devices refresh look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>level meter test record play back microphone speaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>language model in use where computer address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>test sentence speed measure tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>persona folder file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conversations disk size key encrypted delete all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>network internet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log folder report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>keys global hotkey</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preview play listen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset: {title}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsTree</name>
    <message>
        <source>Persona</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who she is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What she is called; empty is the name that her persona gives her.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What she calls you; empty if she has not been told.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The microphone that she hears you with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speech to text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model that turns your speech into words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language you speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language that you speak with her.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speech to text runs on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where speech to text runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whatever is best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads for speech to text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads for speech to text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortest context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds of audio that the transcriber looks at for a short turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speech threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability above which a sound counts as speech.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her voice in the microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is done about her own voice when it comes back into the microphone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it out where it comes back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always take it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not listen while she speaks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it: I wear headphones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who decides that you have finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What decides that you have finished speaking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silence alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smart Turn listens to your tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds of silence after which she asks if your voice sounds finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How finished you must sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability of a finished turn from which you sound finished to her.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience when you have finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds of silence after which she answers when you have clearly finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience when it is not clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds of silence after which she answers when it is not clear.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience while you think</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds of silence after which she answers even if you seem to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds after which a turn is taken as it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speech that interrupts her</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds of your speech over hers after which she falls silent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loudness while in doubt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her loudness while she finds out if you want to speak.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Way to talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What tells her that you speak to her.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say her name first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Just speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold a key while you speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tap a key, then speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to answer without her name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds after her reply in which you need not say her name again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Falls asleep after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes without talk after which she falls asleep; 0 is never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Microphone while she sleeps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the microphone does while she sleeps; a key or a typed line always wakes her.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listens for her name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft sounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Soft sounds when she falls asleep, wakes, or opens the microphone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wake word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A wake word beside her name; it needs the extra `wake` to be installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alexa</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hey Jarvis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hey Mycroft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Okay Nabu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where her mind runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program that runs her language model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ollama if it answers, else built in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Built in (llama.cpp)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model that she thinks with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of Ollama</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where Ollama answers; if she uses it, the conversation goes there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ollama keeps the model for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes that Ollama keeps the model loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length of her context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens that prompt and reply may have together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads for the built-in mind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor threads for the embedded model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest reply, in tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Freedom of speech</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 always says the likeliest thing; higher is freer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patience with the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds she waits for the model&apos;s first word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The speaker that you hear her from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The voice that she speaks with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rate of speech; 1 is the voice&apos;s own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much her tone and rhythm vary; 0.5 is the voice&apos;s own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Volume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her loudness.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is said is kept on this computer; off is private mode, which keeps nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always on top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her window stays above all others.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in the window moves by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark colours, or those of the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of windows and menus; a new one is taken when the app starts the next time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak answers to typed lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typed lines are answered aloud.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>She is there when you log in to this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold these keys, in whatever program, while you speak to her.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tap to talk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press these keys, in whatever program, and say something to her; pressed again they end your turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must be from {least} to {most}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It must be an address such as {example}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be used here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Personality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hearing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory and privacy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her mind runs on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Her mind runs at {where}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Choose a field and press the keys. Backspace clears it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These keys already do the other thing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other programs need this key: press it together with Ctrl, Alt or Meta, or take an F key.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SingleInstance</name>
    <message>
        <source>End it in the system&apos;s list of programs, then start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End it with `kill {pid}`, then start it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>She is already running, but does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SpeakerStep</name>
    <message>
        <source>Can you hear me?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is my voice. If you hear it well, we can talk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where you hear her.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I hear you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it was too soft, turn this computer up; or choose another speaker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The speaker cannot be used; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>getting ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listening</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting to be called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hearing you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>thinking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>speaking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>muted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no microphone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SystemKeys</name>
    <message>
        <source>Keys cannot be watched from other programs: the library for it cannot be used here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} cannot be watched on this system; choose other keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>macOS hides the keys: allow Companion under Privacy &amp; Security, Input Monitoring, then restart.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TestSentence</name>
    <message>
        <source>Try it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What makes a good evening?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentence to try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is loaded for it; this may take a moment…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model}, {where}: first word after {first} s, then {speed} tokens a second.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TurnList</name>
    <message>
        <source>What was said</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the deletion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>VoicePage</name>
    <message>
        <source>More voices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of the voices known are here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The best one here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>X11Keys</name>
    <message>
        <source>Keys cannot be watched from other programs: the X server does not let us connect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is not on this keyboard; choose other keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} is taken by another program; choose other keys.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
