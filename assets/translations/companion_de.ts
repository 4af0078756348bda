<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Show the window</source>
        <translation>Fenster anzeigen</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>Do not disturb for an hour</source>
        <translation>Eine Stunde lang nicht stören</translation>
    </message>
    <message>
        <source>Private: keep nothing</source>
        <translation>Privat: nichts aufbewahren</translation>
    </message>
    <message>
        <source>Shrink to her alone</source>
        <translation>Auf sie allein verkleinern</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>All that was said…</source>
        <translation>Alles Gesagte …</translation>
    </message>
    <message>
        <source>What she remembers…</source>
        <translation>Was sie sich gemerkt hat…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Persona</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Hide the window</source>
        <translation>Fenster ausblenden</translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation>Wieder zuhören</translation>
    </message>
    <message>
        <source>Show all of the window</source>
        <translation>Ganzes Fenster zeigen</translation>
    </message>
    <message>
        <source>{keys} does not work here: see Settings, Shortcuts</source>
        <translation>{keys} wirkt hier nicht: siehe Einstellungen, „Tasten“</translation>
    </message>
    <message>
        <source>Hold {keys} to talk</source>
        <translation>Zum Sprechen {keys} halten</translation>
    </message>
    <message>
        <source>A key to talk: set it under Settings, Shortcuts</source>
        <translation>Taste zum Sprechen: in den Einstellungen unter „Tasten“</translation>
    </message>
    <message>
        <source>The best one here</source>
        <translation>Die beste, die hier ist</translation>
    </message>
</context>
<context>
    <name>AgendaPanel</name>
    <message>
        <source>Reminders and notes</source>
        <translation>Erinnerungen und Notizen</translation>
    </message>
    <message>
        <source>What you asked her to remind you of, and to write down.</source>
        <translation>Woran sie dich erinnern und was sie aufschreiben soll.</translation>
    </message>
    <message>
        <source>There are none.</source>
        <translation>Es gibt keine.</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Wecker</translation>
    </message>
    <message>
        <source>Timer: {name}</source>
        <translation>Timer: {name}</translation>
    </message>
    <message>
        <source>Timer</source>
        <translation>Timer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete {words}</source>
        <translation>{words} löschen</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>You: {words}</source>
        <translation>Du: {words}</translation>
    </message>
    <message>
        <source>{name}: {words}</source>
        <translation>{name}: {words}</translation>
    </message>
    <message>
        <source>Not heard: {words}</source>
        <translation>Nicht gehört: {words}</translation>
    </message>
    <message>
        <source>Nothing has been said yet.</source>
        <translation>Noch hat niemand etwas gesagt.</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>The conversations could not be written to {file} ({reason}).</source>
        <translation>Die Gespräche konnten nicht nach {file} geschrieben werden ({reason}).</translation>
    </message>
    <message>
        <source>Make room there, or choose another place.</source>
        <translation>Schaffe dort Platz oder wähle einen anderen Ort.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>one turn</source>
        <translation>1 Beitrag</translation>
    </message>
    <message>
        <source>{who}, {time}: {words}</source>
        <translation>{who}, {time}: {words}</translation>
    </message>
    <message>
        <source>{who}, {time}: {words} (not heard: {unheard})</source>
        <translation>{who}, {time}: {words} (nicht gehört: {unheard})</translation>
    </message>
</context>
<context>
    <name>ConversationWindow</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Show among the others</source>
        <translation>Im Zusammenhang zeigen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete all of this day</source>
        <translation>Alles von diesem Tag löschen</translation>
    </message>
    <message>
        <source>What was said is written to {file}: {turns}.</source>
        <translation>Das Gesagte steht jetzt in {file}: {turns}.</translation>
    </message>
    <message>
        <source>Search what was said</source>
        <translation>Gesagtes durchsuchen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>Nothing has been said yet. Say hello, and you will find it here.</source>
        <translation>Noch hat niemand etwas gesagt. Sag Hallo, dann findest du es hier.</translation>
    </message>
    <message>
        <source>Nothing was said with “{words}”.</source>
        <translation>Nichts Gesagtes enthält „{words}“.</translation>
    </message>
    <message>
        <source>Delete {turns}</source>
        <translation>{turns} löschen</translation>
    </message>
    <message>
        <source>Delete all of this day ({day})</source>
        <translation>Alles von diesem Tag löschen ({day})</translation>
    </message>
    <message>
        <source>Deleted: {turns}.</source>
        <translation>Gelöscht: {turns}.</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>conversations.md</source>
        <translation>gespraeche.md</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%Ln turns</source>
        <translation>
            <numerusform>%Ln Beitrag</numerusform>
            <numerusform>%Ln Beiträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln statements</source>
        <translation>
            <numerusform>%Ln Eintrag</numerusform>
            <numerusform>%Ln Einträge</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>She stopped without being asked, and is coming back.</source>
        <translation>Sie ist unerwartet verstummt und kommt gleich wieder.</translation>
    </message>
    <message>
        <source>Nothing of what was said is lost.</source>
        <translation>Nichts vom Gesagten ist verloren.</translation>
    </message>
    <message>
        <source>She stopped again and again, so she is not started any more.</source>
        <translation>Sie ist immer wieder verstummt und wird deshalb nicht mehr gestartet.</translation>
    </message>
    <message>
        <source>She takes unusually long to get ready.</source>
        <translation>Sie braucht ungewöhnlich lange, bis sie bereit ist.</translation>
    </message>
    <message>
        <source>{name} is {doing}</source>
        <translation>{name} {doing}</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
</context>
<context>
    <name>DeviceStep</name>
    <message>
        <source>The one this computer uses</source>
        <translation>Wie dieser Computer</translation>
    </message>
    <message>
        <source>The one this computer uses: {name}</source>
        <translation>Wie dieser Computer: {name}</translation>
    </message>
</context>
<context>
    <name>Devices</name>
    <message>
        <source>Look for devices again</source>
        <translation>Geräte neu suchen</translation>
    </message>
</context>
<context>
    <name>DialField</name>
    <message>
        <source>She is told: “{sentence}”</source>
        <translation>Ihr wird gesagt: „{sentence}“</translation>
    </message>
    <message>
        <source>The middle: she is told nothing about it.</source>
        <translation>Die Mitte: Dazu wird ihr nichts gesagt.</translation>
    </message>
</context>
<context>
    <name>Done</name>
    <message>
        <source>We are ready</source>
        <translation>Wir sind bereit</translation>
    </message>
    <message>
        <source>Talk to me whenever you like. To stop me, speak, click on me, or press Escape. You find me in the tray, and all of this again in the settings.</source>
        <translation>Sprich mit mir, wann immer du magst. Wenn ich still sein soll, sprich einfach, klicke auf mich oder drücke Esc. Du findest mich in der Leiste, und all das hier noch einmal in den Einstellungen.</translation>
    </message>
    <message>
        <source>Say hello</source>
        <translation>Hallo sagen</translation>
    </message>
    <message>
        <source>Let me find out who I should be</source>
        <translation>Lass mich herausfinden, wer ich sein soll</translation>
    </message>
    <message>
        <source>She asks you five questions aloud, and then tells you who she could be for you.</source>
        <translation>Sie stellt dir laut fünf Fragen und sagt dir dann, wer sie für dich sein könnte.</translation>
    </message>
    <message>
        <source>Five questions, two minutes. Or later: say “Let&apos;s start over”.</source>
        <translation>Fünf Fragen auf Englisch, zwei Minuten. Später geht es auch.</translation>
    </message>
</context>
<context>
    <name>Dots</name>
    <message>
        <source>Step {number} of {count}</source>
        <translation>Schritt {number} von {count}</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>It was ended by signal {code}.</source>
        <translation>Signal {code} hat sie beendet.</translation>
    </message>
    <message>
        <source>It ended with code {code}.</source>
        <translation>Sie endete mit dem Code {code}.</translation>
    </message>
    <message>
        <source>It could not be started: {reason}.</source>
        <translation>Sie konnte nicht gestartet werden: {reason}.</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>Microphone or speaker have changed: whether her voice comes back will be seen when she speaks.</source>
        <translation>Mikrofon oder Lautsprecher haben gewechselt: Ob ihre Stimme zurückkommt, zeigt sich, wenn sie spricht.</translation>
    </message>
    <message>
        <source>Nothing of her voice comes back to the microphone: no echo cancellation is needed.</source>
        <translation>Von ihrer Stimme kommt nichts ins Mikrofon zurück: Ihr Echo muss nicht entfernt werden.</translation>
    </message>
    <message>
        <source>Her voice comes back to the microphone, and is taken out of what she hears.</source>
        <translation>Ihre Stimme kommt ins Mikrofon zurück und wird aus dem entfernt, was sie hört.</translation>
    </message>
    <message>
        <source>Her voice comes back to the microphone and cannot be taken out: she does not listen while she speaks. To interrupt her by voice, use headphones.</source>
        <translation>Ihre Stimme kommt ins Mikrofon zurück und lässt sich nicht entfernen: Sie hört nicht zu, während sie spricht. Wenn du sie mit der Stimme unterbrechen willst, nimm Kopfhörer.</translation>
    </message>
    <message>
        <source>in the keyring of your system</source>
        <translation>im Schlüsselbund deines Systems</translation>
    </message>
    <message>
        <source>in the file {file}, which only you may read</source>
        <translation>in der Datei {file}, die nur du lesen darfst</translation>
    </message>
    <message>
        <source>nowhere: nothing is kept</source>
        <translation>nirgends, es wird nichts aufbewahrt</translation>
    </message>
    <message>
        <source>Whisper tiny for English, converted to CTranslate2: the quickest ear.</source>
        <translation>Whisper tiny für Englisch, für CTranslate2 umgewandelt: das schnellste Ohr.</translation>
    </message>
    <message>
        <source>Whisper base, converted to CTranslate2: hears better, and about a hundred languages.</source>
        <translation>Whisper base, für CTranslate2 umgewandelt: hört besser, und rund hundert Sprachen.</translation>
    </message>
    <message>
        <source>Piper voice joe, a man with an American accent, 22.05 kHz.</source>
        <translation>Piper-Stimme joe, ein Mann mit amerikanischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>all-MiniLM-L6-v2, int8: finds what was said by its meaning. For English; other languages are found by their words.</source>
        <translation>all-MiniLM-L6-v2, int8: findet Gesagtes nach seiner Bedeutung. Für Englisch; andere Sprachen werden nach ihren Wörtern gefunden.</translation>
    </message>
    <message>
        <source>SmolLM2 135M Instruct, Q4_1: very quick and small, but a poor companion; for machines short of memory.</source>
        <translation>SmolLM2 135M Instruct, Q4_1: sehr schnell und klein, aber keine gute Begleitung; für Computer mit wenig Speicher.</translation>
    </message>
    <message>
        <source>Qwen2.5 1.5B Instruct, Q4_K_M: holds a short spoken conversation on two cores. In truth it is Qwen2.5-Coder-1.5B-Instruct, the variant for programmers, as no package carries the plain one.</source>
        <translation>Qwen2.5 1.5B Instruct, Q4_K_M: führt auf zwei Kernen ein kurzes Gespräch. In Wahrheit ist es Qwen2.5-Coder-1.5B-Instruct, die Fassung für Programmierer, denn kein Paket enthält die gewöhnliche.</translation>
    </message>
    <message>
        <source>Smart Turn v3.2: hears from your tone whether you have finished.</source>
        <translation>Smart Turn v3.2: hört an deinem Tonfall, ob du fertig bist.</translation>
    </message>
    <message>
        <source>The sound system does not answer.</source>
        <translation>Das Tonsystem antwortet nicht.</translation>
    </message>
    <message>
        <source>Start your sound server again, or type instead.</source>
        <translation>Starte deinen Tonserver neu, oder schreib stattdessen.</translation>
    </message>
    <message>
        <source>Plug one in, see `companion devices` for what there is, or type instead of speaking.</source>
        <translation>Steck eines ein, sieh mit `companion devices` nach, was es gibt, oder schreib, statt zu sprechen.</translation>
    </message>
    <message>
        <source>Plug one in or see `companion devices` for what there is; until then replies are shown.</source>
        <translation>Steck einen ein oder sieh mit `companion devices` nach, was es gibt; bis dahin stehen Antworten im Fenster.</translation>
    </message>
    <message>
        <source>Plug it in again, or choose another (`companion devices`); until then, type.</source>
        <translation>Steck es wieder ein oder wähle ein anderes (`companion devices`); bis dahin schreib.</translation>
    </message>
    <message>
        <source>The language model said nothing for {seconds} s.</source>
        <translation>Das Sprachmodell hat {seconds} s lang nichts gesagt.</translation>
    </message>
    <message>
        <source>Say it again; if that keeps happening, choose a smaller model with mind.model.</source>
        <translation>Sag es noch einmal; wenn das öfter geschieht, wähle in den Einstellungen ein kleineres Modell.</translation>
    </message>
    <message>
        <source>That sentence is too long to speak.</source>
        <translation>Dieser Satz ist zu lang zum Sprechen.</translation>
    </message>
    <message>
        <source>It is shown instead.</source>
        <translation>Er wird stattdessen gezeigt.</translation>
    </message>
    <message>
        <source>There is no {kind} called {name}.</source>
        <translation>Nicht gefunden: {kind} {name}.</translation>
    </message>
    <message>
        <source>There is no {kind} {name}.</source>
        <translation>Nicht gefunden: {kind} {name}.</translation>
    </message>
    <message>
        <source>There is no {kind}.</source>
        <translation>Nicht gefunden: {kind}.</translation>
    </message>
    <message>
        <source>microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Whisper tiny, converted to CTranslate2: the quickest ear for other languages than English.</source>
        <translation>Whisper tiny, umgewandelt für CTranslate2: das schnellste Gehör für andere Sprachen als Englisch.</translation>
    </message>
    <message>
        <source>Whisper base for English, converted to CTranslate2.</source>
        <translation>Whisper base für Englisch, umgewandelt für CTranslate2.</translation>
    </message>
    <message>
        <source>Whisper small, converted to CTranslate2: for four cores and more.</source>
        <translation>Whisper small, umgewandelt für CTranslate2: ab vier Kernen.</translation>
    </message>
    <message>
        <source>Whisper small for English, converted to CTranslate2: for four cores and more.</source>
        <translation>Whisper small für Englisch, umgewandelt für CTranslate2: ab vier Kernen.</translation>
    </message>
    <message>
        <source>Whisper medium, converted to CTranslate2: for a graphics card.</source>
        <translation>Whisper medium, umgewandelt für CTranslate2: für eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Whisper medium for English, converted to CTranslate2: for a graphics card.</source>
        <translation>Whisper medium für Englisch, umgewandelt für CTranslate2: für eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Whisper large v2, converted to CTranslate2: for a graphics card.</source>
        <translation>Whisper large v2, umgewandelt für CTranslate2: für eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Whisper large v3, converted to CTranslate2: the best ear, for a graphics card.</source>
        <translation>Whisper large v3, umgewandelt für CTranslate2: das beste Gehör, für eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Whisper large v3 turbo, converted to CTranslate2: nearly the best ear, and quick on a graphics card.</source>
        <translation>Whisper large v3 turbo, umgewandelt für CTranslate2: fast das beste Gehör, und schnell auf einer Grafikkarte.</translation>
    </message>
    <message>
        <source>Distil-Whisper small for English: hears nearly as small does, with a quicker decoder.</source>
        <translation>Distil-Whisper small für Englisch: hört fast so gut wie small und schreibt schneller.</translation>
    </message>
    <message>
        <source>Distil-Whisper medium for English, with a quicker decoder.</source>
        <translation>Distil-Whisper medium für Englisch, schreibt schneller.</translation>
    </message>
    <message>
        <source>Distil-Whisper large v3 for English: nearly the best ear, for a graphics card.</source>
        <translation>Distil-Whisper large v3 für Englisch: fast das beste Gehör, für eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Distil-Whisper large v3.5 for English: nearly the best ear, for a graphics card.</source>
        <translation>Distil-Whisper large v3.5 für Englisch: fast das beste Gehör, für eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Piper voice hfc female, a woman with an American accent: the recommended voice for English, 22.05 kHz.</source>
        <translation>Piper-Stimme hfc female, eine Frau mit amerikanischem Akzent: die empfohlene Stimme für Englisch, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice amy, a woman with an American accent, 22.05 kHz.</source>
        <translation>Piper-Stimme amy, eine Frau mit amerikanischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice lessac, a woman with an American accent, 22.05 kHz.</source>
        <translation>Piper-Stimme lessac, eine Frau mit amerikanischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice lessac, a woman with an American accent, finer and slower, 22.05 kHz.</source>
        <translation>Piper-Stimme lessac, eine Frau mit amerikanischem Akzent, feiner und langsamer, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice kristin, a woman with an American accent, 22.05 kHz.</source>
        <translation>Piper-Stimme kristin, eine Frau mit amerikanischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice hfc male, a man with an American accent, 22.05 kHz.</source>
        <translation>Piper-Stimme hfc male, ein Mann mit amerikanischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice ryan, a man with an American accent, finer and slower, 22.05 kHz.</source>
        <translation>Piper-Stimme ryan, ein Mann mit amerikanischem Akzent, feiner und langsamer, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice alba, a woman with a Scottish accent, 22.05 kHz.</source>
        <translation>Piper-Stimme alba, eine Frau mit schottischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice jenny dioco, a woman with an Irish accent, 22.05 kHz.</source>
        <translation>Piper-Stimme jenny dioco, eine Frau mit irischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice cori, a woman with a British accent, finer and slower, 22.05 kHz.</source>
        <translation>Piper-Stimme cori, eine Frau mit britischem Akzent, feiner und langsamer, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice alan, a man with a British accent, 22.05 kHz.</source>
        <translation>Piper-Stimme alan, ein Mann mit britischem Akzent, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice kerstin, a woman who speaks German, 16 kHz.</source>
        <translation>Piper-Stimme kerstin, eine Frau, die Deutsch spricht, 16 kHz.</translation>
    </message>
    <message>
        <source>Piper voice ramona, a woman who speaks German, 16 kHz.</source>
        <translation>Piper-Stimme ramona, eine Frau, die Deutsch spricht, 16 kHz.</translation>
    </message>
    <message>
        <source>Piper voice thorsten, a man who speaks German, 22.05 kHz.</source>
        <translation>Piper-Stimme thorsten, ein Mann, der Deutsch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice siwis, a woman who speaks French, 22.05 kHz.</source>
        <translation>Piper-Stimme siwis, eine Frau, die Französisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice tom, a man who speaks French, 22.05 kHz.</source>
        <translation>Piper-Stimme tom, ein Mann, der Französisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice upmc, a woman and a man who speak French, 22.05 kHz.</source>
        <translation>Piper-Stimme upmc, eine Frau und ein Mann, die Französisch sprechen, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice sharvard, a woman and a man who speak Spanish, 22.05 kHz.</source>
        <translation>Piper-Stimme sharvard, eine Frau und ein Mann, die Spanisch sprechen, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice davefx, a man who speaks Spanish, 22.05 kHz.</source>
        <translation>Piper-Stimme davefx, ein Mann, der Spanisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice paola, a woman who speaks Italian, 22.05 kHz.</source>
        <translation>Piper-Stimme paola, eine Frau, die Italienisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice riccardo, a man who speaks Italian; small and rough, 16 kHz.</source>
        <translation>Piper-Stimme riccardo, ein Mann, der Italienisch spricht; klein und rau, 16 kHz.</translation>
    </message>
    <message>
        <source>Piper voice nathalie, a woman who speaks Flemish, 22.05 kHz.</source>
        <translation>Piper-Stimme nathalie, eine Frau, die Flämisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice ronnie, a man who speaks Dutch, 22.05 kHz.</source>
        <translation>Piper-Stimme ronnie, ein Mann, der Niederländisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice gosia, a woman who speaks Polish, 22.05 kHz.</source>
        <translation>Piper-Stimme gosia, eine Frau, die Polnisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice darkman, a man who speaks Polish, 22.05 kHz.</source>
        <translation>Piper-Stimme darkman, ein Mann, der Polnisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice irina, a woman who speaks Russian, 22.05 kHz.</source>
        <translation>Piper-Stimme irina, eine Frau, die Russisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice dmitri, a man who speaks Russian, 22.05 kHz.</source>
        <translation>Piper-Stimme dmitri, ein Mann, der Russisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice anna, a woman who speaks Hungarian, 22.05 kHz.</source>
        <translation>Piper-Stimme anna, eine Frau, die Ungarisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice imre, a man who speaks Hungarian, 22.05 kHz.</source>
        <translation>Piper-Stimme imre, ein Mann, der Ungarisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice lisa, a woman who speaks Swedish, 22.05 kHz.</source>
        <translation>Piper-Stimme lisa, eine Frau, die Schwedisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice nst, a man who speaks Swedish, 22.05 kHz.</source>
        <translation>Piper-Stimme nst, ein Mann, der Schwedisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice priyamvada, a woman who speaks Hindi, 22.05 kHz.</source>
        <translation>Piper-Stimme priyamvada, eine Frau, die Hindi spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice pratham, a man who speaks Hindi, 22.05 kHz.</source>
        <translation>Piper-Stimme pratham, ein Mann, der Hindi spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice lada, a woman who speaks Ukrainian; small and rough, 16 kHz.</source>
        <translation>Piper-Stimme lada, eine Frau, die Ukrainisch spricht; klein und rau, 16 kHz.</translation>
    </message>
    <message>
        <source>Piper voice mykyta, a man who speaks Ukrainian, 22.05 kHz.</source>
        <translation>Piper-Stimme mykyta, ein Mann, der Ukrainisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice faber, a man who speaks Brazilian Portuguese, 22.05 kHz.</source>
        <translation>Piper-Stimme faber, ein Mann, der brasilianisches Portugiesisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice jirka, a man who speaks Czech, 22.05 kHz.</source>
        <translation>Piper-Stimme jirka, ein Mann, der Tschechisch spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Piper voice huayan, a woman who speaks Mandarin, 22.05 kHz.</source>
        <translation>Piper-Stimme huayan, eine Frau, die Mandarin spricht, 22,05 kHz.</translation>
    </message>
    <message>
        <source>Kokoro 82M, 8-bit: 23 voices of women and men in six languages, which can be blended; for quick machines.</source>
        <translation>Kokoro 82M, 8 Bit: 23 Stimmen von Frauen und Männern in sechs Sprachen, die sich mischen lassen; für schnelle Computer.</translation>
    </message>
    <message>
        <source>Kokoro 82M, 8-bit, with five Japanese voices, which speak six other languages with an accent; for quick machines.</source>
        <translation>Kokoro 82M, 8 Bit, mit fünf japanischen Stimmen, die sechs andere Sprachen mit Akzent sprechen; für schnelle Computer.</translation>
    </message>
    <message>
        <source>Qwen2.5 0.5B Instruct, Q4_K_M: very quick, and a simple talker.</source>
        <translation>Qwen2.5 0.5B Instruct, Q4_K_M: sehr schnell, und redet einfach.</translation>
    </message>
    <message>
        <source>Qwen2.5 1.5B Instruct, Q4_K_M: the plain one, better to talk to than its variant for programmers.</source>
        <translation>Qwen2.5 1.5B Instruct, Q4_K_M: das gewöhnliche, mit dem sich besser reden lässt als mit der Variante für Programmierer.</translation>
    </message>
    <message>
        <source>Qwen2.5 3B Instruct, Q4_K_M: for four cores and more.</source>
        <translation>Qwen2.5 3B Instruct, Q4_K_M: ab vier Kernen.</translation>
    </message>
    <message>
        <source>Qwen2.5 7B Instruct, Q4_K_M: for eight quick cores, or a graphics card.</source>
        <translation>Qwen2.5 7B Instruct, Q4_K_M: für acht schnelle Kerne oder eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Qwen2.5 14B Instruct, Q4_K_M: for a graphics card with 12 GB.</source>
        <translation>Qwen2.5 14B Instruct, Q4_K_M: für eine Grafikkarte mit 12 GB.</translation>
    </message>
    <message>
        <source>Qwen3 4B Instruct 2507, Q4_K_M: wise for its size; for four cores and more.</source>
        <translation>Qwen3 4B Instruct 2507, Q4_K_M: klug für seine Größe; ab vier Kernen.</translation>
    </message>
    <message>
        <source>Qwen3 8B in Ollama, asked not to think first: for a graphics card with 8 GB.</source>
        <translation>Qwen3 8B in Ollama, gebeten, nicht erst nachzudenken: für eine Grafikkarte mit 8 GB.</translation>
    </message>
    <message>
        <source>Qwen3 14B in Ollama, asked not to think first: for a graphics card with 12 GB.</source>
        <translation>Qwen3 14B in Ollama, gebeten, nicht erst nachzudenken: für eine Grafikkarte mit 12 GB.</translation>
    </message>
    <message>
        <source>Llama 3.2 1B Instruct, Q4_K_M: quick and friendly.</source>
        <translation>Llama 3.2 1B Instruct, Q4_K_M: schnell und freundlich.</translation>
    </message>
    <message>
        <source>Llama 3.2 3B Instruct, Q4_K_M: a natural talker; for four cores and more.</source>
        <translation>Llama 3.2 3B Instruct, Q4_K_M: redet natürlich; ab vier Kernen.</translation>
    </message>
    <message>
        <source>Llama 3.1 8B Instruct, Q4_K_M: for eight quick cores, or a graphics card.</source>
        <translation>Llama 3.1 8B Instruct, Q4_K_M: für acht schnelle Kerne oder eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Gemma 3 1B, Q4_K_M: quick, with a warm tone.</source>
        <translation>Gemma 3 1B, Q4_K_M: schnell, mit warmem Ton.</translation>
    </message>
    <message>
        <source>Gemma 3 4B, Q4_K_M: warm and fluent in many languages; for four cores and more.</source>
        <translation>Gemma 3 4B, Q4_K_M: warm und gewandt in vielen Sprachen; ab vier Kernen.</translation>
    </message>
    <message>
        <source>Gemma 3 12B, Q4_K_M: for a graphics card with 12 GB.</source>
        <translation>Gemma 3 12B, Q4_K_M: für eine Grafikkarte mit 12 GB.</translation>
    </message>
    <message>
        <source>Phi-3.5 mini (3.8B), Q4_K_M: clever, a little dry.</source>
        <translation>Phi-3.5 mini (3.8B), Q4_K_M: klug, etwas trocken.</translation>
    </message>
    <message>
        <source>Phi-4 (14B), Q4_K_M: for a graphics card with 12 GB.</source>
        <translation>Phi-4 (14B), Q4_K_M: für eine Grafikkarte mit 12 GB.</translation>
    </message>
    <message>
        <source>Mistral 7B Instruct v0.3, Q4_K_M: for eight quick cores, or a graphics card.</source>
        <translation>Mistral 7B Instruct v0.3, Q4_K_M: für acht schnelle Kerne oder eine Grafikkarte.</translation>
    </message>
    <message>
        <source>Mistral Nemo 12B Instruct, Q4_K_M: for a graphics card with 12 GB.</source>
        <translation>Mistral Nemo 12B Instruct, Q4_K_M: für eine Grafikkarte mit 12 GB.</translation>
    </message>
    <message>
        <source>SmolLM2 360M in Ollama: very quick, and a poor companion.</source>
        <translation>SmolLM2 360M in Ollama: sehr schnell, und eine schwache Gefährtin.</translation>
    </message>
    <message>
        <source>SmolLM2 1.7B Instruct, Q4_K_M: quick, for English.</source>
        <translation>SmolLM2 1.7B Instruct, Q4_K_M: schnell, für Englisch.</translation>
    </message>
    <message>
        <source>paraphrase-multilingual-MiniLM-L12-v2, int8: finds what was said by its meaning, in about fifty languages.</source>
        <translation>paraphrase-multilingual-MiniLM-L12-v2, int8: findet Gesagtes nach seiner Bedeutung, in etwa fünfzig Sprachen.</translation>
    </message>
</context>
<context>
    <name>Entry</name>
    <message>
        <source>Edit {name}</source>
        <translation>{name} bearbeiten</translation>
    </message>
    <message>
        <source>More about {name}</source>
        <translation>Mehr zu {name}</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten …</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Back to the original</source>
        <translation>Zurück zum Original</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Your own version; the original is kept.</source>
        <translation>Deine eigene Fassung; das Original bleibt erhalten.</translation>
    </message>
    <message>
        <source>Yours.</source>
        <translation>Deine.</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>Writing all that is kept to {file}…</source>
        <translation>Alles Aufbewahrte wird nach {file} geschrieben…</translation>
    </message>
    <message>
        <source>All that is kept is written to {file}; only you can read it.</source>
        <translation>Alles Aufbewahrte steht in {file}; nur du kannst es lesen.</translation>
    </message>
    <message>
        <source>Reading {file}…</source>
        <translation>{file} wird gelesen…</translation>
    </message>
    <message>
        <source>New from {file}: {turns}, {statements}. What was there already is not doubled.</source>
        <translation>Neu aus {file}: {turns}, {statements}. Was schon da war, ist nicht doppelt.</translation>
    </message>
    <message>
        <source>It could not be done.</source>
        <translation>Das ging nicht.</translation>
    </message>
</context>
<context>
    <name>Fetch</name>
    <message>
        <source>Fetch</source>
        <translation>Herunterladen</translation>
    </message>
</context>
<context>
    <name>Fetching</name>
    <message>
        <source>Progress of {name}</source>
        <translation>Fortschritt von {name}</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>Es beginnt …</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>It is here.</source>
        <translation>Es ist da.</translation>
    </message>
    <message>
        <source>Paused at {done}.</source>
        <translation>Angehalten bei {done}.</translation>
    </message>
    <message>
        <source>Paused.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>It could not be fetched.</source>
        <translation>Es konnte nicht geholt werden.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>, {speed} a second, {time} left</source>
        <translation>, {speed} in der Sekunde, noch {time}</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>Vorlesen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
</context>
<context>
    <name>FloatingWindow</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Shrink to her alone</source>
        <translation>Auf sie allein verkleinern</translation>
    </message>
    <message>
        <source>Hide the window</source>
        <translation>Fenster ausblenden</translation>
    </message>
    <message>
        <source>Type to her</source>
        <translation>Ihr schreiben</translation>
    </message>
    <message>
        <source>Mute the microphone</source>
        <translation>Mikrofon stummschalten</translation>
    </message>
    <message>
        <source>Stop her (Esc)</source>
        <translation>Sie unterbrechen (Esc)</translation>
    </message>
    <message>
        <source>{name} is {doing}</source>
        <translation>{name} {doing}</translation>
    </message>
    <message>
        <source>Type to {name}</source>
        <translation>Schreib an {name}</translation>
    </message>
    <message>
        <source>Just talk, or type below.</source>
        <translation>Sprich einfach, oder schreib unten.</translation>
    </message>
    <message>
        <source>Your words go to {address}</source>
        <translation>Deine Worte gehen an {address}</translation>
    </message>
    <message>
        <source>Private: nothing is kept</source>
        <translation>Privat: nichts wird aufbewahrt</translation>
    </message>
    <message>
        <source>Listen again</source>
        <translation>Wieder zuhören</translation>
    </message>
</context>
<context>
    <name>ForgetDialog</name>
    <message>
        <source>Forget everything about…</source>
        <translation>Alles vergessen über…</translation>
    </message>
    <message>
        <source>Forget everything about</source>
        <translation>Alles vergessen über</translation>
    </message>
    <message>
        <source>A name, a place, a thing</source>
        <translation>Ein Name, ein Ort, eine Sache</translation>
    </message>
    <message>
        <source>What would be forgotten</source>
        <translation>Was vergessen würde</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>All that holds these words goes: what she knows, and what was said.</source>
        <translation>Alles mit diesen Worten verschwindet: was sie weiß und was gesagt wurde.</translation>
    </message>
    <message>
        <source>Of imported conversations: {turns}</source>
        <translation>Aus importierten Gesprächen: {turns}</translation>
    </message>
    <message>
        <source>{amount} would be forgotten:</source>
        <translation>Vergessen würde: {amount}</translation>
    </message>
    <message>
        <source>Nothing is known or was said with these words.</source>
        <translation>Mit diesen Worten ist nichts bekannt und wurde nichts gesagt.</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Microphone, speaker, mind, voice and her name, one after the other.</source>
        <translation>Mikrofon, Lautsprecher, Sprachmodell, Stimme und ihr Name, eins nach dem anderen.</translation>
    </message>
    <message>
        <source>Run the first steps again</source>
        <translation>Erste Schritte noch einmal gehen</translation>
    </message>
</context>
<context>
    <name>GreetingsField</name>
    <message>
        <source>Occasion</source>
        <translation>Anlass</translation>
    </message>
</context>
<context>
    <name>HearingPage</name>
    <message>
        <source>The best one here</source>
        <translation>Die beste, die hier ist</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>When she listens</source>
        <translation>Wann sie zuhört</translation>
    </message>
    <message>
        <source>How patient she is</source>
        <translation>Wie geduldig sie ist</translation>
    </message>
    <message>
        <source>Speech to text</source>
        <translation>Spracherkennung</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Whatever you speak</source>
        <translation>Was immer du sprichst</translation>
    </message>
</context>
<context>
    <name>Hello</name>
    <message>
        <source>Hello, I&apos;m {name}</source>
        <translation>Hallo, ich bin {name}</translation>
    </message>
    <message>
        <source>I live on this computer, and what we say stays here. Let us see if we can hear each other. It takes two minutes, and you can skip whatever you like.</source>
        <translation>Ich wohne auf diesem Computer, und was wir sagen, bleibt hier. Lass uns sehen, ob wir einander hören. Es dauert zwei Minuten, und du kannst überspringen, was du magst.</translation>
    </message>
    <message>
        <source>First I need ears, a mind and a voice: {size}, once.</source>
        <translation>Zuerst brauche ich Ohren, Verstand und eine Stimme: einmalig {size}.</translation>
    </message>
</context>
<context>
    <name>Hotkeys</name>
    <message>
        <source>{keys} cannot be used from other programs; choose other keys.</source>
        <translation>{keys} funktioniert nicht, während du in anderen Programmen bist; wähle andere Tasten.</translation>
    </message>
    <message>
        <source>{keys} is needed for typing; add Ctrl, Alt or Meta to it.</source>
        <translation>{keys} brauchst du zum Schreiben; nimm Strg, Alt oder Meta dazu.</translation>
    </message>
    <message>
        <source>{keys} is chosen for both; choose other keys for one of them.</source>
        <translation>{keys} ist für beides gewählt; wähle für eines davon andere Tasten.</translation>
    </message>
</context>
<context>
    <name>Kept</name>
    <message>
        <source>What is kept</source>
        <translation>Was aufbewahrt wird</translation>
    </message>
    <message>
        <source>What she remembers…</source>
        <translation>Was sie sich gemerkt hat…</translation>
    </message>
    <message>
        <source>Delete all…</source>
        <translation>Alles löschen …</translation>
    </message>
    <message>
        <source>All that you ever said to each other will be gone. This cannot be undone.</source>
        <translation>Alles, was ihr je zueinander gesagt habt, ist dann fort. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete all for good</source>
        <translation>Alles endgültig löschen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>It is not known what there is.</source>
        <translation>Es ist nicht bekannt, was da ist.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln turns, {size} on disk, encrypted.</source>
        <translation>
            <numerusform>%Ln Beitrag, {size}, verschlüsselt gespeichert.</numerusform>
            <numerusform>%Ln Beiträge, {size}, verschlüsselt gespeichert.</numerusform>
        </translation>
    </message>
    <message>
        <source>One turn, {size} on disk, encrypted.</source>
        <translation>Ein Beitrag, {size}, verschlüsselt gespeichert.</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Noch nichts.</translation>
    </message>
    <message>
        <source>The file is {file}; its key is {place}.</source>
        <translation>Die Datei ist {file}; der Schlüssel dazu: {place}.</translation>
    </message>
    <message>
        <source>One turn is deleted.</source>
        <translation>Ein Beitrag ist gelöscht.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln turns are deleted.</source>
        <translation>
            <numerusform>%Ln Beitrag ist gelöscht.</numerusform>
            <numerusform>%Ln Beiträge sind gelöscht.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <comment>the code of the language that you translate to</comment>
        <translation>de</translation>
    </message>
</context>
<context>
    <name>Levels</name>
    <message>
        <source>Hear yourself</source>
        <translation>Hör dich selbst</translation>
    </message>
    <message>
        <source>Say a sentence: you see its words, and hear it as she hears it.</source>
        <translation>Sag einen Satz: Du siehst seine Wörter und hörst ihn so, wie sie ihn hört.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>She</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Level: {who}</source>
        <translation>Pegel: {who}</translation>
    </message>
    <message>
        <source>Record a sentence</source>
        <translation>Satz aufnehmen</translation>
    </message>
    <message>
        <source>Getting ready to listen…</source>
        <translation>Gleich hört sie zu …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Speak now.</source>
        <translation>Sprich jetzt.</translation>
    </message>
    <message>
        <source>No words were heard.</source>
        <translation>Es waren keine Wörter zu hören.</translation>
    </message>
    <message>
        <source>This is how you sound…</source>
        <translation>So klingst du …</translation>
    </message>
    <message>
        <source>Did you hear yourself? Then all is well.</source>
        <translation>Hast du dich gehört? Dann ist alles gut.</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>as on its model card</source>
        <translation>wie auf der Modellkarte</translation>
    </message>
</context>
<context>
    <name>Logs</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>How things went is noted in {folder}, without what was said.</source>
        <translation>Wie alles lief, steht in {folder}, ohne das Gesagte.</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>Memory</name>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>Morgen</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>a day, as Qt writes it by this</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>for {day}</source>
        <translation>für: {day}</translation>
    </message>
    <message>
        <source>was true until {day}</source>
        <translation>galt bis: {day}</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>nicht sicher</translation>
    </message>
    <message>
        <source>{words}, pinned</source>
        <translation>{words}, angeheftet</translation>
    </message>
    <message>
        <source>one statement</source>
        <translation>1 Eintrag</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Was feststeht</translation>
    </message>
    <message>
        <source>Plans and promises</source>
        <translation>Pläne und Versprechen</translation>
    </message>
    <message>
        <source>How conversations went</source>
        <translation>Wie Gespräche verliefen</translation>
    </message>
    <message>
        <source>Her own thoughts</source>
        <translation>Ihre eigenen Gedanken</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
</context>
<context>
    <name>MemoryLayout</name>
    <message>
        <source>What she remembers</source>
        <translation>Was sie sich gemerkt hat</translation>
    </message>
    <message>
        <source>Search what she knows</source>
        <translation>Durchsuchen, was sie weiß</translation>
    </message>
    <message>
        <source>Remember something…</source>
        <translation>Etwas merken…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Also what was true before</source>
        <translation>Auch was früher galt</translation>
    </message>
</context>
<context>
    <name>MemoryWindow</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Forget everything about…</source>
        <translation>Alles vergessen über…</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Alles exportieren…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Nothing is known with “{words}”.</source>
        <translation>Mit „{words}“ ist nichts bekannt.</translation>
    </message>
    <message>
        <source>Nothing is known of this.</source>
        <translation>Davon ist nichts bekannt.</translation>
    </message>
    <message>
        <source>Nothing is known yet. What you tell her is thought over while nobody speaks, and then stands here.</source>
        <translation>Noch ist nichts bekannt. Was du ihr erzählst, überdenkt sie, wenn niemand spricht; dann steht es hier.</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Nicht mehr anheften</translation>
    </message>
    <message>
        <source>Delete {statements}</source>
        <translation>{statements} löschen</translation>
    </message>
    <message>
        <source>Forget everything about {name}…</source>
        <translation>Alles über {name} vergessen…</translation>
    </message>
    <message>
        <source>Changed: {statement}</source>
        <translation>Geändert: {statement}</translation>
    </message>
    <message>
        <source>She remembers: {statement}</source>
        <translation>Sie merkt sich: {statement}</translation>
    </message>
    <message>
        <source>Deleted: {statements}.</source>
        <translation>Gelöscht: {statements}.</translation>
    </message>
    <message>
        <source>Forgotten: {amount}.</source>
        <translation>Vergessen: {amount}.</translation>
    </message>
    <message>
        <source>what she remembers.json</source>
        <translation>was sie sich gemerkt hat.json</translation>
    </message>
    <message>
        <source>Export all</source>
        <translation>Alles exportieren</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Exports (*.json *.jsonl *.txt *.mbox)</source>
        <translation>Exporte (*.json *.jsonl *.txt *.mbox)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
</context>
<context>
    <name>MicrophoneStep</name>
    <message>
        <source>Can I hear you?</source>
        <translation>Höre ich dich?</translation>
    </message>
    <message>
        <source>Say something when the bar moves, and watch your words appear.</source>
        <translation>Sag etwas, wenn sich der Balken bewegt, und sieh, wie deine Wörter erscheinen.</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>What she hears you with.</source>
        <translation>Womit sie dich hört.</translation>
    </message>
    <message>
        <source>How loud you are</source>
        <translation>Wie laut du bist</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>In a moment I listen.</source>
        <translation>Gleich höre ich zu.</translation>
    </message>
    <message>
        <source>Getting ready to listen…</source>
        <translation>Gleich höre ich zu …</translation>
    </message>
    <message>
        <source>Speak now. Anything will do: “Good morning, how are you?”</source>
        <translation>Sprich jetzt, am besten erst einmal Englisch: „Good morning, how are you?“</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>„{words}“</translation>
    </message>
    <message>
        <source>That is what I heard. If it is about right, go on.</source>
        <translation>Das habe ich gehört. Wenn es ungefähr stimmt, geh weiter.</translation>
    </message>
    <message>
        <source>I heard no words in that, and go on listening.</source>
        <translation>Darin habe ich keine Worte gehört. Ich höre weiter zu.</translation>
    </message>
    <message>
        <source>I hear nothing at all. Is the microphone muted? Else choose another.</source>
        <translation>Ich höre gar nichts. Ist das Mikrofon stumm? Wenn nicht, wähle ein anderes.</translation>
    </message>
    <message>
        <source>The microphone cannot be used.</source>
        <translation>Das Mikrofon lässt sich nicht benutzen.</translation>
    </message>
</context>
<context>
    <name>MindNow</name>
    <message>
        <source>Her mind now</source>
        <translation>Womit sie gerade denkt</translation>
    </message>
    <message>
        <source>She is not awake yet, so nothing is known of her mind.</source>
        <translation>Sie ist noch nicht wach, darum ist noch nichts bekannt.</translation>
    </message>
    <message>
        <source>{model} by {engine}, on this computer.</source>
        <translation>{model} mit {engine}, auf diesem Computer.</translation>
    </message>
    <message>
        <source>{model} by {engine}, at {where}: what is said is sent there.</source>
        <translation>{model} mit {engine}, bei {where}: Was gesagt wird, geht dorthin.</translation>
    </message>
</context>
<context>
    <name>MindPage</name>
    <message>
        <source>The best one here</source>
        <translation>Das beste, das hier ist</translation>
    </message>
    <message>
        <source>More minds</source>
        <translation>Weitere Sprachmodelle</translation>
    </message>
    <message>
        <source>All of the models known are here.</source>
        <translation>Alle bekannten Modelle sind schon hier.</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>eingebaut</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>{model} (recommended)</source>
        <translation>{model} (empfohlen)</translation>
    </message>
    <message>
        <source>It is here.</source>
        <translation>Ist da.</translation>
    </message>
    <message>
        <source>{size}, licence {licence}.</source>
        <translation>{size}, Lizenz {licence}.</translation>
    </message>
    <message>
        <source>Not here yet.</source>
        <translation>Noch nicht hier.</translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>What suits this computer</source>
        <translation>Was zu diesem Computer passt</translation>
    </message>
    <message>
        <source>This is what I propose. You can change it at any time; what is larger is wiser, and slower.</source>
        <translation>Das schlage ich vor. Du kannst es jederzeit ändern; was größer ist, ist klüger und langsamer.</translation>
    </message>
    <message>
        <source>Mind</source>
        <translation>Denken</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Ears</source>
        <translation>Ohren</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>Ich sehe mir diesen Computer an …</translation>
    </message>
    <message>
        <source>How fast this computer is could not be found out, so nothing is recommended.</source>
        <translation>Wie schnell dieser Computer ist, war nicht herauszufinden; darum empfehle ich nichts.</translation>
    </message>
    <message>
        <source>{memory} of memory, {cores} cores, {gpu}. With what I recommend you would wait about {seconds} s for an answer. If Ollama runs here, I use the best of its minds.</source>
        <translation>{memory} Arbeitsspeicher, {cores} Kerne, {gpu}. Mit dem, was ich empfehle, wartest du etwa {seconds} s auf eine Antwort. Wenn Ollama hier läuft, nehme ich den besten seiner Köpfe.</translation>
    </message>
    <message>
        <source>with a GPU</source>
        <translation>mit Grafikprozessor</translation>
    </message>
    <message>
        <source>no GPU</source>
        <translation>ohne Grafikprozessor</translation>
    </message>
</context>
<context>
    <name>MoreModels</name>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen …</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>Alle {count} zeigen</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>What shall we call each other?</source>
        <translation>Wie wollen wir einander nennen?</translation>
    </message>
    <message>
        <source>Keep my name, give me another, or let me choose. And tell me yours, if you like.</source>
        <translation>Lass mir meinen Namen, gib mir einen anderen, oder lass mich wählen. Und verrate mir deinen, wenn du magst.</translation>
    </message>
    <message>
        <source>Her name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>You may leave this empty</source>
        <translation>Darf leer bleiben</translation>
    </message>
    <message>
        <source>You choose</source>
        <translation>Wähle du</translation>
    </message>
    <message>
        <source>Let her choose her name</source>
        <translation>Sie ihren Namen wählen lassen</translation>
    </message>
    <message>
        <source>I am called</source>
        <translation>Ich heiße</translation>
    </message>
    <message>
        <source>You are called</source>
        <translation>Du heißt</translation>
    </message>
    <message>
        <source>Then I&apos;d like to be called {name}.</source>
        <comment>spoken; her first voice is English</comment>
        <translation>Then I&apos;d like to be called {name}.</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>What leaves this computer</source>
        <translation>Was diesen Computer verlässt</translation>
    </message>
    <message>
        <source>Her mind runs at {where}: the words of the conversation are sent there.</source>
        <translation>Sie denkt bei {where}: Die Worte des Gesprächs werden dorthin gesendet.</translation>
    </message>
    <message>
        <source>Her hearing runs at {where}: the sound of your voice is sent there.</source>
        <translation>Sie hört bei {where}: Der Klang deiner Stimme wird dorthin gesendet.</translation>
    </message>
    <message>
        <source>Her wake word is listened for at {where}: all that is heard is sent there.</source>
        <translation>Auf ihr Weckwort wird bei {where} gehört: Alles, was zu hören ist, wird dorthin gesendet.</translation>
    </message>
    <message>
        <source>Her voice runs at {where}: what she says is sent there.</source>
        <translation>Ihre Stimme entsteht bei {where}: Was sie sagt, wird dorthin gesendet.</translation>
    </message>
    <message>
        <source>What finds your memories runs at {where}: all that was said is sent there.</source>
        <translation>Deine Erinnerungen werden bei {where} gefunden: Alles, was gesagt wurde, wird dorthin gesendet.</translation>
    </message>
    <message>
        <source>Nothing of what you say. Only models that you install are fetched from the network.</source>
        <translation>Nichts von dem, was du sagst. Nur Modelle, die du installierst, werden aus dem Netz geholt.</translation>
    </message>
    <message>
        <source>A tool that you allow is told what she asks of it, and may pass it on.</source>
        <translation>Ein Werkzeug, das du erlaubst, erfährt, was sie von ihm will, und kann es weitergeben.</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>{description} {size}, licence {licence}.</source>
        <translation>{description} {size}, Lizenz {licence}.</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Show finer settings</source>
        <translation>Feinere Einstellungen zeigen</translation>
    </message>
    <message>
        <source>Shows or hides what most people never change.</source>
        <translation>Zeigt oder verbirgt, was die meisten nie ändern.</translation>
    </message>
    <message>
        <source>Hide finer settings</source>
        <translation>Feinere Einstellungen verbergen</translation>
    </message>
</context>
<context>
    <name>PersonaEditor</name>
    <message>
        <source>She is not saved: something is marked above.</source>
        <translation>Nicht gespeichert: Oben ist etwas markiert.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Hello. It is good to hear you.</source>
        <translation>Hallo. Schön, dich zu hören.</translation>
    </message>
    <message>
        <source>{name}: persona</source>
        <translation>{name}: Persona</translation>
    </message>
    <message>
        <source>New persona</source>
        <translation>Neue Persona</translation>
    </message>
</context>
<context>
    <name>PersonaFields</name>
    <message>
        <source>This must not be empty.</source>
        <translation>Das darf nicht leer sein.</translation>
    </message>
    <message>
        <source>It may have {most} letters.</source>
        <translation>Es darf {most} Zeichen haben.</translation>
    </message>
    <message>
        <source>There may be {most} of them.</source>
        <translation>Es dürfen {most} sein.</translation>
    </message>
    <message>
        <source>This cannot be used here.</source>
        <translation>Das geht hier nicht.</translation>
    </message>
</context>
<context>
    <name>PersonalityPage</name>
    <message>
        <source>{file} is being read…</source>
        <translation>{file} wird gelesen …</translation>
    </message>
    <message>
        <source>{name} is the original again.</source>
        <translation>{name} ist wieder das Original.</translation>
    </message>
    <message>
        <source>{name} is removed. What you told her is kept, should she come back.</source>
        <translation>{name} ist entfernt. Was du ihr gesagt hast, bleibt erhalten, falls sie zurückkommt.</translation>
    </message>
    <message>
        <source>Import a character card</source>
        <translation>Charakterkarte importieren</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>Card with picture</source>
        <translation>Karte mit Bild</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Persona file</source>
        <translation>Persona-Datei</translation>
    </message>
    <message>
        <source>Export {name}</source>
        <translation>{name} exportieren</translation>
    </message>
    <message>
        <source>{name} is in {file}.</source>
        <translation>{name} ist in {file}.</translation>
    </message>
    <message>
        <source>{name} is here now.</source>
        <translation>{name} ist jetzt da.</translation>
    </message>
    <message>
        <source>Kept in the card but not used: {what}.</source>
        <translation>In der Karte aufgehoben, aber nicht verwendet: {what}.</translation>
    </message>
</context>
<context>
    <name>PortalKeys</name>
    <message>
        <source>Hold to talk</source>
        <translation>Halten und sprechen</translation>
    </message>
    <message>
        <source>Listen or stop listening</source>
        <translation>Zuhören oder nicht mehr zuhören</translation>
    </message>
    <message>
        <source>The desktop watches these keys no more; choose them once more.</source>
        <translation>Die Arbeitsumgebung achtet nicht mehr auf diese Tasten; wähle sie noch einmal.</translation>
    </message>
    <message>
        <source>The desktop was asked for these keys and did not give them; choose them once more.</source>
        <translation>Die Arbeitsumgebung hat diese Tasten nicht hergegeben; wähle sie noch einmal.</translation>
    </message>
    <message>
        <source>The desktop did not give {keys}; choose other keys.</source>
        <translation>Die Arbeitsumgebung hat {keys} nicht hergegeben; wähle andere Tasten.</translation>
    </message>
    <message>
        <source>This desktop lets no program watch keys while another has the keyboard; the keys work in her own window.</source>
        <translation>Diese Arbeitsumgebung lässt kein Programm auf Tasten achten, solange du in einem anderen bist; in ihrem eigenen Fenster wirken sie.</translation>
    </message>
</context>
<context>
    <name>Presence</name>
    <message>
        <source>She</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>{name} is asleep</source>
        <translation>{name} schläft</translation>
    </message>
    <message>
        <source>{name} is listening</source>
        <translation>{name} hört zu</translation>
    </message>
    <message>
        <source>{name} is thinking</source>
        <translation>{name} denkt nach</translation>
    </message>
    <message>
        <source>{name} is speaking</source>
        <translation>{name} spricht</translation>
    </message>
    <message>
        <source>{name} does not listen</source>
        <translation>{name} hört nicht zu</translation>
    </message>
    <message>
        <source>{name} needs your help</source>
        <translation>{name} braucht deine Hilfe</translation>
    </message>
</context>
<context>
    <name>PressedKeys</name>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Hear her</source>
        <translation>Hör sie an</translation>
    </message>
    <message>
        <source>Hello. It is a lovely evening for a walk, don&apos;t you think?</source>
        <comment>spoken; her first voice is English</comment>
        <translation>Hello. It is a lovely evening for a walk, don&apos;t you think?</translation>
    </message>
    <message>
        <source>Sentence to hear</source>
        <translation>Satz zum Anhören</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
</context>
<context>
    <name>PrivateBar</name>
    <message>
        <source>Private: nothing of what is said is kept now. What is below was kept before.</source>
        <translation>Privat: Was jetzt gesagt wird, wird nicht aufbewahrt. Was unten steht, stammt von vorher.</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>Gespräche aufbewahren</translation>
    </message>
</context>
<context>
    <name>QKeySequenceEdit</name>
    <message>
        <source>Press shortcut</source>
        <translation>Tasten drücken</translation>
    </message>
</context>
<context>
    <name>RememberBar</name>
    <message>
        <source>What she is to remember</source>
        <translation>Was sie sich merken soll</translation>
    </message>
    <message>
        <source>For example: My sister Anna lives in Lyon</source>
        <translation>Zum Beispiel: Meine Schwester Anna wohnt in Lyon</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>Reminders</name>
    <message>
        <source>Reminder: {text}</source>
        <translation>Erinnerung: {text}</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Wecker</translation>
    </message>
    <message>
        <source>Time is up: {name}</source>
        <translation>Die Zeit ist um: {name}</translation>
    </message>
    <message>
        <source>Time is up.</source>
        <translation>Die Zeit ist um.</translation>
    </message>
    <message>
        <source>Missed: it was due at {time}</source>
        <translation>Verpasst: Fällig war es um {time}</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>Dieser Computer wird angesehen …</translation>
    </message>
    <message>
        <source>This is what helps to find out what happened. It holds no words of your conversations, and it goes nowhere unless you send it.</source>
        <translation>Das hilft herauszufinden, was geschehen ist. Es enthält nichts aus deinen Gesprächen und geht nirgendwohin, wenn du es nicht verschickst.</translation>
    </message>
    <message>
        <source>The report</source>
        <translation>Der Bericht</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter …</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>More could not be found out.</source>
        <translation>Mehr war nicht herauszufinden.</translation>
    </message>
    <message>
        <source>Kept as {file}</source>
        <translation>Abgelegt als {file}</translation>
    </message>
    <message>
        <source>It is on the clipboard.</source>
        <translation>Liegt in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>It cannot be saved there: {reason}.</source>
        <translation>Dort lässt es sich nicht speichern: {reason}.</translation>
    </message>
    <message>
        <source>Saved as {file}</source>
        <translation>Gespeichert als {file}</translation>
    </message>
</context>
<context>
    <name>RestartBar</name>
    <message>
        <source>Restart her now</source>
        <translation>Jetzt neu starten</translation>
    </message>
    <message>
        <source>Taken when she is started again: {settings}. The conversation is kept.</source>
        <translation>Gilt, wenn sie neu gestartet ist: {settings}. Das Gespräch bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>SamplePane</name>
    <message>
        <source>How she would answer</source>
        <translation>Wie sie antworten würde</translation>
    </message>
    <message>
        <source>I had a long day.</source>
        <comment>said to her as she is tried out</comment>
        <translation>Ich hatte einen langen Tag.</translation>
    </message>
    <message>
        <source>What you say to her</source>
        <translation>Was du zu ihr sagst</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Ask her</source>
        <translation>Sie fragen</translation>
    </message>
    <message>
        <source>Move a dial or change her words, and she answers anew. Nothing of it is kept.</source>
        <translation>Verschiebe einen Regler oder ändere ihre Worte, und sie antwortet neu. Nichts davon wird aufgehoben.</translation>
    </message>
    <message>
        <source>Say something to her first.</source>
        <translation>Sag erst etwas zu ihr.</translation>
    </message>
    <message>
        <source>She is thinking…</source>
        <translation>Sie denkt nach …</translation>
    </message>
    <message>
        <source>She can answer once what is marked is mended.</source>
        <translation>Sie kann antworten, sobald behoben ist, was markiert ist.</translation>
    </message>
    <message>
        <source>She had no answer to that.</source>
        <translation>Darauf hatte sie keine Antwort.</translation>
    </message>
    <message>
        <source>Written by {model}. Nothing of it is kept.</source>
        <translation>Geschrieben von {model}. Nichts davon wird aufgehoben.</translation>
    </message>
    <message>
        <source>The language model stopped. Ask again.</source>
        <translation>Das Sprachmodell ist stehen geblieben. Frag noch einmal.</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Undo the changes</source>
        <translation>Änderungen zurücknehmen</translation>
    </message>
    <message>
        <source>Back to the original</source>
        <translation>Zurück zum Original</translation>
    </message>
    <message>
        <source>Shows her as she came with the program; saved, your own version is gone.</source>
        <translation>Zeigt sie, wie sie mit dem Programm kam; gespeichert ist deine eigene Fassung weg.</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Nicht speichern</translation>
    </message>
    <message>
        <source>Go on writing</source>
        <translation>Weiterschreiben</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>Noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>She came with the program. What you change becomes your own version of her.</source>
        <translation>Sie kam mit dem Programm. Was du änderst, wird deine eigene Fassung von ihr.</translation>
    </message>
    <message>
        <source>This is your own version of her; the original is kept.</source>
        <translation>Das ist deine eigene Fassung von ihr; das Original bleibt erhalten.</translation>
    </message>
    <message>
        <source>Save what you changed in {name}?</source>
        <translation>Deine Änderungen an {name} speichern?</translation>
    </message>
    <message>
        <source>Save the new persona?</source>
        <translation>Die neue Persona speichern?</translation>
    </message>
</context>
<context>
    <name>SearchedWords</name>
    <message>
        <source>first run again introduction</source>
        <translation>erster start noch einmal einführung einrichten</translation>
    </message>
    <message>
        <source>echo cancellation state microphone speaker devices refresh look again</source>
        <translation>echo unterdrückung zustand mikrofon lautsprecher geräte aktualisieren neu suchen</translation>
    </message>
    <message>
        <source>level meter test record play back microphone speaker</source>
        <translation>pegel anzeige test aufnehmen abspielen mikrofon lautsprecher</translation>
    </message>
    <message>
        <source>language model in use where computer address</source>
        <translation>sprachmodell verwendet wo computer adresse</translation>
    </message>
    <message>
        <source>test sentence speed measure tokens</source>
        <translation>test satz geschwindigkeit messen token</translation>
    </message>
    <message>
        <source>conversations disk size key encrypted delete all</source>
        <translation>gespräche festplatte größe schlüssel verschlüsselt alles löschen</translation>
    </message>
    <message>
        <source>network internet</source>
        <translation>netzwerk internet</translation>
    </message>
    <message>
        <source>log folder report</source>
        <translation>protokoll ordner bericht</translation>
    </message>
    <message>
        <source>keys global hotkey</source>
        <translation>tasten global tastenkürzel tastenkombination</translation>
    </message>
    <message>
        <source>preview play listen</source>
        <translation>vorschau abspielen anhören probe</translation>
    </message>
    <message>
        <source>persona folder file card import new</source>
        <translation>Persona Ordner Datei Karte importieren neu Charakterkarte</translation>
    </message>
    <message>
        <source>key password token api server</source>
        <translation>schlüssel passwort token api server</translation>
    </message>
    <message>
        <source>server network Wyoming Home Assistant address find</source>
        <translation>server netzwerk Wyoming Home Assistant adresse finden suchen</translation>
    </message>
    <message>
        <source>tools mcp server permission allow</source>
        <translation>werkzeuge mcp server erlaubnis erlauben</translation>
    </message>
    <message>
        <source>reminder timer alarm note agenda delete cancel</source>
        <translation>erinnerung timer wecker notiz termin löschen absagen</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>Her name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Where it stands in her texts, it is changed there too.</source>
        <translation>Wo er in ihren Texten steht, wird er dort auch geändert.</translation>
    </message>
    <message>
        <source>Other names</source>
        <translation>Andere Namen</translation>
    </message>
    <message>
        <source>What else she answers to, with commas between.</source>
        <translation>Worauf sie sonst noch hört, mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>In one line</source>
        <translation>In einer Zeile</translation>
    </message>
    <message>
        <source>Shown where she is chosen; she is not told it.</source>
        <translation>Steht dort, wo sie ausgewählt wird; ihr wird es nicht gesagt.</translation>
    </message>
    <message>
        <source>Her character</source>
        <translation>Ihr Charakter</translation>
    </message>
    <message>
        <source>In a few paragraphs, addressed to her: “You are …” She is told all of it.</source>
        <translation>In ein paar Absätzen, an sie gerichtet: „Du bist …“ Ihr wird alles davon gesagt.</translation>
    </message>
    <message>
        <source>Her manner of speech</source>
        <translation>Ihre Art zu sprechen</translation>
    </message>
    <message>
        <source>In a sentence or two.</source>
        <translation>In ein oder zwei Sätzen.</translation>
    </message>
    <message>
        <source>What she likes</source>
        <translation>Was sie mag</translation>
    </message>
    <message>
        <source>Add something she likes</source>
        <translation>Etwas hinzufügen, das sie mag</translation>
    </message>
    <message>
        <source>What she never does</source>
        <translation>Was sie nie tut</translation>
    </message>
    <message>
        <source>Sentences to her, such as “You never lecture”.</source>
        <translation>Sätze an sie, etwa „Du hältst nie Vorträge“.</translation>
    </message>
    <message>
        <source>Add something she never does</source>
        <translation>Etwas hinzufügen, das sie nie tut</translation>
    </message>
    <message>
        <source>Her first words</source>
        <translation>Ihre ersten Worte</translation>
    </message>
    <message>
        <source>One of the lines for the occasion is said. Without any, she waits for yours.</source>
        <translation>Eine der Zeilen für den Anlass wird gesagt. Ohne Zeilen wartet sie auf deine Worte.</translation>
    </message>
    <message>
        <source>Add first words</source>
        <translation>Erste Worte hinzufügen</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Small models learn a manner of speech from these first: short ones, and different ones.</source>
        <translation>Kleine Modelle lernen eine Sprechweise zuerst daraus: kurze Beispiele, und verschiedene.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>She</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Add an example</source>
        <translation>Beispiel hinzufügen</translation>
    </message>
    <message>
        <source>Who she is</source>
        <translation>Wer sie ist</translation>
    </message>
    <message>
        <source>How she speaks</source>
        <translation>Wie sie spricht</translation>
    </message>
    <message>
        <source>What she likes, and what she never does</source>
        <translation>Was sie mag, und was sie nie tut</translation>
    </message>
    <message>
        <source>What she says</source>
        <translation>Was sie sagt</translation>
    </message>
    <message>
        <source>How she sounds</source>
        <translation>Wie sie klingt</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>a few words</source>
        <translation>ein paar Worte</translation>
    </message>
    <message>
        <source>a whole story</source>
        <translation>eine ganze Geschichte</translation>
    </message>
    <message>
        <source>Humour</source>
        <translation>Humor</translation>
    </message>
    <message>
        <source>earnest</source>
        <translation>ernst</translation>
    </message>
    <message>
        <source>playful</source>
        <translation>verspielt</translation>
    </message>
    <message>
        <source>Directness</source>
        <translation>Direktheit</translation>
    </message>
    <message>
        <source>hints</source>
        <translation>andeutend</translation>
    </message>
    <message>
        <source>blunt</source>
        <translation>unverblümt</translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation>Wärme</translation>
    </message>
    <message>
        <source>cool</source>
        <translation>kühl</translation>
    </message>
    <message>
        <source>tender</source>
        <translation>zärtlich</translation>
    </message>
    <message>
        <source>Formality</source>
        <translation>Förmlichkeit</translation>
    </message>
    <message>
        <source>slang</source>
        <translation>umgangssprachlich</translation>
    </message>
    <message>
        <source>old courtesy</source>
        <translation>altmodisch höflich</translation>
    </message>
    <message>
        <source>Curiosity</source>
        <translation>Neugier</translation>
    </message>
    <message>
        <source>no questions</source>
        <translation>keine Fragen</translation>
    </message>
    <message>
        <source>many questions</source>
        <translation>viele Fragen</translation>
    </message>
    <message>
        <source>The one you speak</source>
        <translation>Die, die du sprichst</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>If she always speaks one; her voice must be able to.</source>
        <translation>Falls sie immer eine spricht; ihre Stimme muss es können.</translation>
    </message>
    <message>
        <source>At any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>When you have never met</source>
        <translation>Wenn ihr euch noch nie begegnet seid</translation>
    </message>
    <message>
        <source>In the morning</source>
        <translation>Am Morgen</translation>
    </message>
    <message>
        <source>In the evening</source>
        <translation>Am Abend</translation>
    </message>
    <message>
        <source>At night</source>
        <translation>In der Nacht</translation>
    </message>
    <message>
        <source>After less than two hours</source>
        <translation>Nach weniger als zwei Stunden</translation>
    </message>
    <message>
        <source>After three days or more</source>
        <translation>Nach drei Tagen oder mehr</translation>
    </message>
</context>
<context>
    <name>ServerKey</name>
    <message>
        <source>Key of that server</source>
        <translation>Schlüssel dieses Servers</translation>
    </message>
    <message>
        <source>Only if the server wants one; it is not shown again</source>
        <translation>Nur wenn der Server einen verlangt; er wird nicht wieder gezeigt</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>Servers</name>
    <message>
        <source>On other computers</source>
        <translation>Auf anderen Computern</translation>
    </message>
    <message>
        <source>Wyoming servers, as Home Assistant has, hear and speak for her there.</source>
        <translation>Wyoming-Server, wie Home Assistant sie hat, hören und sprechen dort für sie.</translation>
    </message>
    <message>
        <source>Host to ask; empty: the whole network</source>
        <translation>Computer, der gefragt wird; leer: das ganze Netz</translation>
    </message>
    <message>
        <source>Look for servers</source>
        <translation>Nach Servern suchen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Found: {names}. Choose them above.</source>
        <translation>Gefunden: {names}. Wähle sie oben aus.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset: {title}</source>
        <translation>Zurücksetzen: {title}</translation>
    </message>
</context>
<context>
    <name>SettingsTree</name>
    <message>
        <source>Persona</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Who she is.</source>
        <translation>Wer sie ist.</translation>
    </message>
    <message>
        <source>Her name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>What she is called; empty is the name that her persona gives her.</source>
        <translation>Wie sie heißt; leer ist der Name, den ihr die Persona gibt.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Dein Name</translation>
    </message>
    <message>
        <source>What she calls you; empty if she has not been told.</source>
        <translation>Wie sie dich nennt; leer, wenn sie es nicht weiß.</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>The microphone that she hears you with.</source>
        <translation>Das Mikrofon, mit dem sie dich hört.</translation>
    </message>
    <message>
        <source>Speech to text</source>
        <translation>Spracherkennung</translation>
    </message>
    <message>
        <source>What turns your speech into words; a server is sent your speech.</source>
        <translation>Was aus deiner Stimme Wörter macht; ein Server bekommt zu hören, was du sagst.</translation>
    </message>
    <message>
        <source>Language you speak</source>
        <translation>Deine Sprache</translation>
    </message>
    <message>
        <source>The language that you speak with her.</source>
        <translation>Die Sprache, die du mit ihr sprichst.</translation>
    </message>
    <message>
        <source>Speech to text runs on</source>
        <translation>Spracherkennung läuft auf</translation>
    </message>
    <message>
        <source>Where speech to text runs.</source>
        <translation>Worauf die Spracherkennung läuft.</translation>
    </message>
    <message>
        <source>Whatever is best</source>
        <translation>Was am besten passt</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>Threads for speech to text</source>
        <translation>Threads der Spracherkennung</translation>
    </message>
    <message>
        <source>Processor threads for speech to text.</source>
        <translation>Threads des Prozessors für die Spracherkennung.</translation>
    </message>
    <message>
        <source>Arithmetic of speech to text</source>
        <translation>Rechenart der Spracherkennung</translation>
    </message>
    <message>
        <source>How exactly speech to text computes; `companion tune` finds what is quickest here.</source>
        <translation>Wie genau die Spracherkennung rechnet; `companion tune` findet, was hier am schnellsten ist.</translation>
    </message>
    <message>
        <source>Whatever is usual</source>
        <translation>Was üblich ist</translation>
    </message>
    <message>
        <source>8-bit integers</source>
        <translation>8-Bit-Ganzzahlen</translation>
    </message>
    <message>
        <source>8-bit integers, 32-bit sums</source>
        <translation>8-Bit-Ganzzahlen, 32-Bit-Summen</translation>
    </message>
    <message>
        <source>32-bit</source>
        <translation>32 Bit</translation>
    </message>
    <message>
        <source>8-bit integers, 16-bit sums (graphics card)</source>
        <translation>8-Bit-Ganzzahlen, 16-Bit-Summen (Grafikkarte)</translation>
    </message>
    <message>
        <source>16-bit (graphics card)</source>
        <translation>16 Bit (Grafikkarte)</translation>
    </message>
    <message>
        <source>Server of her mind</source>
        <translation>Server für ihr Denken</translation>
    </message>
    <message>
        <source>A server with OpenAI&apos;s chat completions (llama.cpp, vLLM, LM Studio); the conversation goes there.</source>
        <translation>Ein Server mit den Chat Completions von OpenAI (llama.cpp, vLLM, LM Studio); das Gespräch geht dorthin.</translation>
    </message>
    <message>
        <source>Server of her hearing</source>
        <translation>Server für ihr Gehör</translation>
    </message>
    <message>
        <source>A server that hears as OpenAI&apos;s does; the sound of your voice goes there.</source>
        <translation>Ein Server, der hört wie der von OpenAI; der Klang deiner Stimme geht dorthin.</translation>
    </message>
    <message>
        <source>Server of her voice</source>
        <translation>Server für ihre Stimme</translation>
    </message>
    <message>
        <source>A server that speaks as OpenAI&apos;s does; what she says goes there.</source>
        <translation>Ein Server, der spricht wie der von OpenAI; was sie sagt, geht dorthin.</translation>
    </message>
    <message>
        <source>Voice of that server</source>
        <translation>Stimme dieses Servers</translation>
    </message>
    <message>
        <source>As the server calls it, such as &quot;nova&quot;; empty is &quot;alloy&quot;.</source>
        <translation>Wie der Server sie nennt, etwa „nova“; leer heißt „alloy“.</translation>
    </message>
    <message>
        <source>Patience with that mind</source>
        <translation>Geduld mit dem Server fürs Denken</translation>
    </message>
    <message>
        <source>Seconds she waits for the first word of a mind elsewhere.</source>
        <translation>So viele Sekunden wartet sie auf das erste Wort, wenn ihr Denken anderswo läuft.</translation>
    </message>
    <message>
        <source>Patience with that hearing</source>
        <translation>Geduld mit dem Server fürs Gehör</translation>
    </message>
    <message>
        <source>Seconds she waits for words from hearing elsewhere, and half a second more for each second of speech.</source>
        <translation>So viele Sekunden wartet sie auf Worte, wenn ihr Gehör anderswo läuft, und eine halbe mehr für jede Sekunde Sprache.</translation>
    </message>
    <message>
        <source>Patience with that voice</source>
        <translation>Geduld mit dem Server für die Stimme</translation>
    </message>
    <message>
        <source>Seconds she waits for the sound of a clause from a voice elsewhere.</source>
        <translation>So viele Sekunden wartet sie auf den Klang eines Satzteils, wenn ihre Stimme anderswo läuft.</translation>
    </message>
    <message>
        <source>This computer stands in</source>
        <translation>Dieser Computer springt ein</translation>
    </message>
    <message>
        <source>While a part of her that runs elsewhere is away, this computer does its work.</source>
        <translation>Solange ein Teil von ihr, der anderswo läuft, nicht da ist, macht dieser Computer dessen Arbeit.</translation>
    </message>
    <message>
        <source>Keep stand-ins ready</source>
        <translation>Ersatz bereithalten</translation>
    </message>
    <message>
        <source>Load what stands in at the start: it takes over at once, and takes its memory all the time.</source>
        <translation>Lädt den Ersatz schon beim Start: Er springt sofort ein und belegt die ganze Zeit Speicher.</translation>
    </message>
    <message>
        <source>Mirror of the model hub</source>
        <translation>Spiegel des Modell-Hubs</translation>
    </message>
    <message>
        <source>Where models are fetched from in place of huggingface.co; empty is the hub itself, or HF_ENDPOINT.</source>
        <translation>Woher Modelle statt von huggingface.co geholt werden; leer heißt: der Hub selbst, oder HF_ENDPOINT.</translation>
    </message>
    <message>
        <source>Shortest context</source>
        <translation>Kürzester Ausschnitt</translation>
    </message>
    <message>
        <source>Seconds of audio that the transcriber looks at for a short turn.</source>
        <translation>So viele Sekunden Ton sieht sich die Spracherkennung bei einem kurzen Beitrag an.</translation>
    </message>
    <message>
        <source>Speech threshold</source>
        <translation>Schwelle für Sprache</translation>
    </message>
    <message>
        <source>Probability above which a sound counts as speech.</source>
        <translation>Wahrscheinlichkeit, ab der ein Geräusch als Sprache gilt.</translation>
    </message>
    <message>
        <source>Her voice in the microphone</source>
        <translation>Ihre Stimme im Mikrofon</translation>
    </message>
    <message>
        <source>What is done about her own voice when it comes back into the microphone.</source>
        <translation>Was geschieht, wenn ihre eigene Stimme ins Mikrofon zurückkommt.</translation>
    </message>
    <message>
        <source>Take it out where it comes back</source>
        <translation>Entfernen, wenn sie zurückkommt</translation>
    </message>
    <message>
        <source>Always take it out</source>
        <translation>Immer entfernen</translation>
    </message>
    <message>
        <source>Do not listen while she speaks</source>
        <translation>Nicht zuhören, während sie spricht</translation>
    </message>
    <message>
        <source>Leave it: I wear headphones</source>
        <translation>Nichts tun: Ich trage Kopfhörer</translation>
    </message>
    <message>
        <source>Who decides that you have finished</source>
        <translation>Wer entscheidet, ob du fertig bist</translation>
    </message>
    <message>
        <source>What decides that you have finished speaking.</source>
        <translation>Was darüber entscheidet, ob du ausgeredet hast.</translation>
    </message>
    <message>
        <source>Silence alone</source>
        <translation>Allein die Stille</translation>
    </message>
    <message>
        <source>Smart Turn listens to your tone</source>
        <translation>Smart Turn hört auf deinen Tonfall</translation>
    </message>
    <message>
        <source>First pause</source>
        <translation>Erste Pause</translation>
    </message>
    <message>
        <source>Seconds of silence after which she asks if your voice sounds finished.</source>
        <translation>Nach so vielen Sekunden Stille prüft sie, ob du fertig klingst.</translation>
    </message>
    <message>
        <source>How finished you must sound</source>
        <translation>Wie fertig du klingen musst</translation>
    </message>
    <message>
        <source>Probability of a finished turn from which you sound finished to her.</source>
        <translation>Wahrscheinlichkeit, ab der du für sie fertig klingst.</translation>
    </message>
    <message>
        <source>Patience when you have finished</source>
        <translation>Geduld, wenn du fertig bist</translation>
    </message>
    <message>
        <source>Seconds of silence after which she answers when you have clearly finished.</source>
        <translation>Nach so vielen Sekunden Stille antwortet sie, wenn du klar fertig bist.</translation>
    </message>
    <message>
        <source>Patience when it is not clear</source>
        <translation>Geduld, wenn es unklar ist</translation>
    </message>
    <message>
        <source>Seconds of silence after which she answers when it is not clear.</source>
        <translation>Nach so vielen Sekunden Stille antwortet sie, wenn es unklar ist.</translation>
    </message>
    <message>
        <source>Patience while you think</source>
        <translation>Geduld, während du überlegst</translation>
    </message>
    <message>
        <source>Seconds of silence after which she answers even if you seem to go on.</source>
        <translation>Nach so vielen Sekunden Stille antwortet sie, auch wenn du weiterzureden scheinst.</translation>
    </message>
    <message>
        <source>Longest turn</source>
        <translation>Längster Beitrag</translation>
    </message>
    <message>
        <source>Seconds after which a turn is taken as it is.</source>
        <translation>Nach so vielen Sekunden gilt ein Beitrag, wie er ist.</translation>
    </message>
    <message>
        <source>Speech that interrupts her</source>
        <translation>Was sie unterbricht</translation>
    </message>
    <message>
        <source>Seconds of your speech over hers after which she falls silent.</source>
        <translation>Sprichst du so viele Sekunden, während sie spricht, verstummt sie.</translation>
    </message>
    <message>
        <source>Loudness while in doubt</source>
        <translation>Lautstärke im Zweifel</translation>
    </message>
    <message>
        <source>Her loudness while she finds out if you want to speak.</source>
        <translation>Wie laut sie ist, während sie prüft, ob du sprechen willst.</translation>
    </message>
    <message>
        <source>Way to talk</source>
        <translation>So sprecht ihr</translation>
    </message>
    <message>
        <source>What tells her that you speak to her.</source>
        <translation>Woran sie merkt, dass du mit ihr sprichst.</translation>
    </message>
    <message>
        <source>Say her name first</source>
        <translation>Erst ihren Namen sagen</translation>
    </message>
    <message>
        <source>Just speak</source>
        <translation>Einfach sprechen</translation>
    </message>
    <message>
        <source>Hold a key while you speak</source>
        <translation>Beim Sprechen eine Taste halten</translation>
    </message>
    <message>
        <source>Tap a key, then speak</source>
        <translation>Eine Taste tippen, dann sprechen</translation>
    </message>
    <message>
        <source>Time to answer without her name</source>
        <translation>Antworten ohne ihren Namen</translation>
    </message>
    <message>
        <source>Seconds after her reply in which you need not say her name again.</source>
        <translation>So viele Sekunden nach ihrer Antwort musst du ihren Namen nicht noch einmal sagen.</translation>
    </message>
    <message>
        <source>Falls asleep after</source>
        <translation>Schläft ein nach</translation>
    </message>
    <message>
        <source>Minutes without talk after which she falls asleep; 0 is never.</source>
        <translation>Nach so vielen Minuten ohne Gespräch schläft sie ein; 0 heißt nie.</translation>
    </message>
    <message>
        <source>Microphone while she sleeps</source>
        <translation>Mikrofon, während sie schläft</translation>
    </message>
    <message>
        <source>What the microphone does while she sleeps; a key or a typed line always wakes her.</source>
        <translation>Was das Mikrofon tut, während sie schläft; eine Taste oder eine geschriebene Zeile weckt sie immer.</translation>
    </message>
    <message>
        <source>Listens for her name</source>
        <translation>Achtet auf ihren Namen</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Soft sounds</source>
        <translation>Leise Klänge</translation>
    </message>
    <message>
        <source>Soft sounds when she falls asleep, wakes, or opens the microphone.</source>
        <translation>Leise Klänge, wenn sie einschläft, aufwacht oder das Mikrofon öffnet.</translation>
    </message>
    <message>
        <source>Wake word</source>
        <translation>Weckwort</translation>
    </message>
    <message>
        <source>A wake word beside her name; a server for it is sent all that is heard.</source>
        <translation>Ein Weckwort neben ihrem Namen; ein Server dafür bekommt alles, was zu hören ist.</translation>
    </message>
    <message>
        <source>The voice that she speaks with; a server is sent her words.</source>
        <translation>Die Stimme, mit der sie spricht; ein Server bekommt ihre Worte.</translation>
    </message>
    <message>
        <source>Voices for other languages</source>
        <translation>Stimmen für andere Sprachen</translation>
    </message>
    <message>
        <source>What she speaks other languages with; one that is not named takes the best voice here.</source>
        <translation>Womit sie andere Sprachen spricht; eine nicht genannte bekommt die beste Stimme, die da ist.</translation>
    </message>
    <message>
        <source>How much her tone and rhythm vary; 0.5 is the voice&apos;s own. Kokoro&apos;s voices cannot be told this.</source>
        <translation>Wie lebendig Ton und Rhythmus sind; 0,5 ist die Art der Stimme selbst. Bei Kokoros Stimmen lässt sich das nicht einstellen.</translation>
    </message>
    <message>
        <source>Where her mind runs</source>
        <translation>Womit sie denkt</translation>
    </message>
    <message>
        <source>The program that runs her language model.</source>
        <translation>Das Programm, in dem ihr Sprachmodell läuft.</translation>
    </message>
    <message>
        <source>Ollama if it answers, else built in</source>
        <translation>Ollama, wenn es antwortet, sonst eingebaut</translation>
    </message>
    <message>
        <source>Built in (llama.cpp)</source>
        <translation>Eingebaut (llama.cpp)</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>The model that she thinks with.</source>
        <translation>Das Modell, mit dem sie denkt.</translation>
    </message>
    <message>
        <source>Address of Ollama</source>
        <translation>Adresse von Ollama</translation>
    </message>
    <message>
        <source>Where Ollama answers; if she uses it, the conversation goes there.</source>
        <translation>Wo Ollama antwortet; wenn sie es benutzt, geht das Gespräch dorthin.</translation>
    </message>
    <message>
        <source>Ollama keeps the model for</source>
        <translation>Ollama behält das Modell</translation>
    </message>
    <message>
        <source>Minutes that Ollama keeps the model loaded.</source>
        <translation>So viele Minuten behält Ollama das Modell im Speicher.</translation>
    </message>
    <message>
        <source>Length of her context</source>
        <translation>Länge ihres Kontexts</translation>
    </message>
    <message>
        <source>Tokens that prompt and reply may have together; an embedded model of less than 400 MB takes 2048 at most.</source>
        <translation>So viele Token dürfen Vorgeschichte und Antwort zusammen haben; ein eingebautes Modell unter 400 MB nimmt höchstens 2048.</translation>
    </message>
    <message>
        <source>Threads for the built-in mind</source>
        <translation>Threads des eingebauten Modells</translation>
    </message>
    <message>
        <source>Processor threads for the embedded model.</source>
        <translation>Threads des Prozessors für das eingebaute Modell.</translation>
    </message>
    <message>
        <source>Longest reply</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>Longest reply, in tokens.</source>
        <translation>Längste Antwort, in Token.</translation>
    </message>
    <message>
        <source>Freedom of speech</source>
        <translation>Freiheit im Ausdruck</translation>
    </message>
    <message>
        <source>0 always says the likeliest thing; higher is freer.</source>
        <translation>Bei 0 sagt sie immer das Wahrscheinlichste; je höher, desto freier.</translation>
    </message>
    <message>
        <source>Patience with the model</source>
        <translation>Geduld mit dem Modell</translation>
    </message>
    <message>
        <source>Seconds she waits for the model&apos;s first word.</source>
        <translation>So viele Sekunden wartet sie auf das erste Wort des Modells.</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>The speaker that you hear her from.</source>
        <translation>Der Lautsprecher, aus dem du sie hörst.</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Rate of speech; 1 is the voice&apos;s own.</source>
        <translation>Wie schnell sie spricht; 1 ist das Tempo der Stimme selbst.</translation>
    </message>
    <message>
        <source>Warmth</source>
        <translation>Wärme</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Her loudness.</source>
        <translation>Wie laut sie ist.</translation>
    </message>
    <message>
        <source>Keep conversations</source>
        <translation>Gespräche aufbewahren</translation>
    </message>
    <message>
        <source>What is said is kept on this computer; off is private mode, which keeps nothing.</source>
        <translation>Gesagtes bleibt auf diesem Computer; ausgeschaltet ist der private Modus, der nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>One memory for all personas</source>
        <translation>Ein Gedächtnis für alle Personas</translation>
    </message>
    <message>
        <source>Whoever she is remembers what you told the others; else each has her own memory.</source>
        <translation>Wer sie auch ist, sie erinnert sich an das, was du den anderen erzählt hast; sonst hat jede ihr eigenes Gedächtnis.</translation>
    </message>
    <message>
        <source>Forget after</source>
        <translation>Vergessen nach</translation>
    </message>
    <message>
        <source>Days after which what was said is deleted for good, but for what is pinned; 0 is never.</source>
        <translation>Tage, nach denen Gesagtes endgültig gelöscht wird, außer was angeheftet ist; 0 ist nie.</translation>
    </message>
    <message>
        <source>Model of meanings</source>
        <translation>Modell der Bedeutungen</translation>
    </message>
    <message>
        <source>Finds what was said by what it means; a server elsewhere is sent all that was said.</source>
        <translation>Findet Gesagtes nach seiner Bedeutung; ein Server anderswo bekommt alles, was gesagt wurde.</translation>
    </message>
    <message>
        <source>Always on top</source>
        <translation>Immer im Vordergrund</translation>
    </message>
    <message>
        <source>Her window stays above all others.</source>
        <translation>Ihr Fenster bleibt über allen anderen.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Nothing in the window moves by itself.</source>
        <translation>Nichts im Fenster bewegt sich von selbst.</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light or dark colours, or those of the system.</source>
        <translation>Helle oder dunkle Farben, oder die des Systems.</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Language of the app</source>
        <translation>Sprache der App</translation>
    </message>
    <message>
        <source>Language of windows and menus; a new one is taken when the app starts the next time.</source>
        <translation>Sprache der Fenster und Menüs; eine neue gilt ab dem nächsten Start der App.</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Speak answers to typed lines</source>
        <translation>Geschriebenes laut beantworten</translation>
    </message>
    <message>
        <source>Typed lines are answered aloud.</source>
        <translation>Auf geschriebene Zeilen antwortet sie laut.</translation>
    </message>
    <message>
        <source>Start at login</source>
        <translation>Beim Anmelden starten</translation>
    </message>
    <message>
        <source>She is there when you log in to this computer.</source>
        <translation>Sie ist da, sobald du dich an diesem Computer anmeldest.</translation>
    </message>
    <message>
        <source>Push to talk</source>
        <translation>Halten und sprechen</translation>
    </message>
    <message>
        <source>Hold these keys, in whatever program, while you speak to her.</source>
        <translation>Halte diese Tasten, in welchem Programm auch immer, während du mit ihr sprichst.</translation>
    </message>
    <message>
        <source>Tap to talk</source>
        <translation>Tippen und sprechen</translation>
    </message>
    <message>
        <source>Press these keys, in whatever program, and say something to her; pressed again they end your turn.</source>
        <translation>Drücke diese Tasten, in welchem Programm auch immer, und sag ihr etwas; noch einmal gedrückt beenden sie deinen Beitrag.</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>It must be from {least} to {most}.</source>
        <translation>Möglich ist {least} bis {most}.</translation>
    </message>
    <message>
        <source>It must be an address such as {example}.</source>
        <translation>Es muss eine Adresse sein, etwa {example}.</translation>
    </message>
    <message>
        <source>This cannot be used here.</source>
        <translation>Das geht hier nicht.</translation>
    </message>
</context>
<context>
    <name>SettingsWindow</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>Stimme</translation>
    </message>
    <message>
        <source>Personality</source>
        <translation>Persönlichkeit</translation>
    </message>
    <message>
        <source>Hearing</source>
        <translation>Hören</translation>
    </message>
    <message>
        <source>Mind</source>
        <translation>Denken</translation>
    </message>
    <message>
        <source>Memory and privacy</source>
        <translation>Erinnerung und Privates</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>All of her runs on this computer.</source>
        <translation>Alles an ihr läuft auf diesem Computer.</translation>
    </message>
    <message>
        <source>Words go to {where}.</source>
        <translation>Worte gehen an {where}.</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung enthält diese Wörter.</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>New persona…</source>
        <translation>Neue Persona …</translation>
    </message>
    <message>
        <source>Import a card…</source>
        <translation>Karte importieren …</translation>
    </message>
    <message>
        <source>A character card (PNG, JSON, CHARX) or a persona file. It can also be dropped on this page.</source>
        <translation>Eine Charakterkarte (PNG, JSON, CHARX) oder eine Persona-Datei. Sie kann auch auf diese Seite gezogen werden.</translation>
    </message>
    <message>
        <source>Let her ask you</source>
        <translation>Lass sie dich fragen</translation>
    </message>
    <message>
        <source>She asks you five questions aloud, and then tells you who she could be for you.</source>
        <translation>Sie stellt dir laut fünf Fragen und sagt dir dann, wer sie für dich sein könnte.</translation>
    </message>
    <message>
        <source>Another persona begins a conversation of her own at once, and knows nothing of what you told the others, unless all share one memory (see Memory and privacy). Your own ones are files in {folder}; cards can also be dropped here.</source>
        <translation>Eine andere Persona beginnt sofort ihr eigenes Gespräch und weiß nichts von dem, was du den anderen erzählt hast, außer wenn alle ein Gedächtnis teilen (siehe Erinnerung und Privates). Deine eigenen sind Dateien in {folder}; Karten kannst du auch hierher ziehen.</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Choose a field and press the keys. Backspace clears it.</source>
        <translation>Wähle ein Feld und drücke die Tasten. Die Rücktaste leert es.</translation>
    </message>
    <message>
        <source>These keys already do the other thing.</source>
        <translation>Diese Tasten tun schon das andere.</translation>
    </message>
    <message>
        <source>Other programs need this key: press it together with Ctrl, Alt or Meta, or take an F key.</source>
        <translation>Andere Programme brauchen diese Taste: Drücke sie zusammen mit Strg, Alt oder Meta, oder nimm eine F-Taste.</translation>
    </message>
</context>
<context>
    <name>SingleInstance</name>
    <message>
        <source>End it in the system&apos;s list of programs, then start it again.</source>
        <translation>Beende sie in der Programmliste des Systems und starte sie dann neu.</translation>
    </message>
    <message>
        <source>End it with `kill {pid}`, then start it again.</source>
        <translation>Beende sie mit `kill {pid}` und starte sie dann neu.</translation>
    </message>
    <message>
        <source>She is already running, but does not answer.</source>
        <translation>Sie läuft schon, antwortet aber nicht.</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>Where it comes from</source>
        <translation>Woher es stammt</translation>
    </message>
    <message>
        <source>Show in the conversation</source>
        <translation>Im Gespräch zeigen</translation>
    </message>
    <message>
        <source>What it comes from is no longer kept.</source>
        <translation>Woher es stammt, wird nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>You asked for it to be remembered.</source>
        <translation>Du wolltest, dass sie es sich merkt.</translation>
    </message>
</context>
<context>
    <name>SpeakerStep</name>
    <message>
        <source>Can you hear me?</source>
        <translation>Hörst du mich?</translation>
    </message>
    <message>
        <source>This is my voice. If you hear it well, we can talk.</source>
        <translation>Das ist meine Stimme. Wenn du sie gut hörst, können wir reden.</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>Where you hear her.</source>
        <translation>Woraus du sie hörst.</translation>
    </message>
    <message>
        <source>I hear you</source>
        <translation>Ich höre dich</translation>
    </message>
    <message>
        <source>Play it</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>If it was too soft, turn this computer up; or choose another speaker.</source>
        <translation>War es zu leise, stell diesen Computer lauter; oder wähle einen anderen Lautsprecher.</translation>
    </message>
    <message>
        <source>The speaker cannot be used; choose another.</source>
        <translation>Der Lautsprecher lässt sich nicht benutzen; wähle einen anderen.</translation>
    </message>
    <message>
        <source>This is my voice. If you hear it well, we can talk.</source>
        <comment>spoken; her first voice is English</comment>
        <translation>This is my voice. If you hear it well, we can talk.</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>no key to talk is set</source>
        <translation>keine Sprechtaste festgelegt</translation>
    </message>
    <message>
        <source>hold the key to talk</source>
        <translation>zum Sprechen Taste halten</translation>
    </message>
    <message>
        <source>press the key to talk</source>
        <translation>zum Sprechen Taste drücken</translation>
    </message>
    <message>
        <source>getting ready</source>
        <translation>macht sich bereit</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>hört zu</translation>
    </message>
    <message>
        <source>waiting to be called</source>
        <translation>wartet auf ihren Namen</translation>
    </message>
    <message>
        <source>hearing you</source>
        <translation>hört dich</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>denkt nach</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>spricht</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>schläft</translation>
    </message>
    <message>
        <source>do not disturb</source>
        <translation>hält sich zurück</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>hört nicht zu</translation>
    </message>
    <message>
        <source>no microphone</source>
        <translation>hat kein Mikrofon</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>ist fort</translation>
    </message>
</context>
<context>
    <name>StatementList</name>
    <message>
        <source>What she knows</source>
        <translation>Was sie weiß</translation>
    </message>
</context>
<context>
    <name>StatementRows</name>
    <message>
        <source>What she is to know</source>
        <translation>Was sie wissen soll</translation>
    </message>
    <message>
        <source>Was true before</source>
        <translation>Galt früher</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>SystemKeys</name>
    <message>
        <source>Keys cannot be watched from other programs: the library for it cannot be used here.</source>
        <translation>Tasten wirken nur in ihrem eigenen Fenster: Die Bibliothek dafür lässt sich hier nicht benutzen.</translation>
    </message>
    <message>
        <source>{keys} cannot be watched on this system; choose other keys.</source>
        <translation>{keys} wirkt auf diesem System nicht; wähle andere Tasten.</translation>
    </message>
    <message>
        <source>macOS hides the keys: allow Companion under Privacy &amp; Security, Input Monitoring, then restart.</source>
        <translation>macOS verbirgt die Tasten: Erlaube Companion unter „Datenschutz &amp; Sicherheit“ die Eingabeüberwachung und starte neu.</translation>
    </message>
</context>
<context>
    <name>TestSentence</name>
    <message>
        <source>Try it</source>
        <translation>Probier es aus</translation>
    </message>
    <message>
        <source>What makes a good evening?</source>
        <translation>What makes a good evening?</translation>
    </message>
    <message>
        <source>Sentence to try</source>
        <translation>Satz zum Ausprobieren</translation>
    </message>
    <message>
        <source>The model is loaded for it; this may take a moment…</source>
        <translation>Das Modell wird dafür geladen; das dauert vielleicht einen Moment …</translation>
    </message>
    <message>
        <source>{model}, {where}: first word after {first} s, then {speed} tokens a second.</source>
        <translation>{model}, {where}: erstes Wort nach {first} s, dann {speed} Token in der Sekunde.</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>at {where}</source>
        <translation>bei {where}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
</context>
<context>
    <name>ToolsPanel</name>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Servers stand in {file}. She asks before she uses a tool, unless you choose otherwise.</source>
        <translation>Server stehen in {file}. Sie fragt, bevor sie ein Werkzeug benutzt, wenn du nichts anderes wählst.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Noch einmal nachsehen</translation>
    </message>
    <message>
        <source>Asking the servers…</source>
        <translation>Die Server werden gefragt …</translation>
    </message>
    <message>
        <source>There are no servers.</source>
        <translation>Es gibt keine Server.</translation>
    </message>
    <message>
        <source>There are no tools.</source>
        <translation>Es gibt keine Werkzeuge.</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>Immer</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>What she may do with {tool}</source>
        <translation>Was sie mit {tool} darf</translation>
    </message>
</context>
<context>
    <name>TopicList</name>
    <message>
        <source>What it is about</source>
        <translation>Worum es geht</translation>
    </message>
</context>
<context>
    <name>Topics</name>
    <message>
        <source>People and things</source>
        <translation>Menschen und Dinge</translation>
    </message>
</context>
<context>
    <name>TurnList</name>
    <message>
        <source>What was said</source>
        <translation>Was gesagt wurde</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the deletion</source>
        <translation>Löschen rückgängig machen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>VoiceField</name>
    <message>
        <source>Her voice</source>
        <translation>Ihre Stimme</translation>
    </message>
    <message>
        <source>Taken where your settings leave the voice open. If hers is not installed, yours is used.</source>
        <translation>Gilt, wo deine Einstellungen die Stimme offen lassen. Ist ihre nicht installiert, wird deine verwendet.</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>Wie in den Einstellungen</translation>
    </message>
    <message>
        <source>A speed of her own</source>
        <translation>Ein eigenes Tempo</translation>
    </message>
    <message>
        <source>A warmth of her own</source>
        <translation>Eine eigene Wärme</translation>
    </message>
    <message>
        <source>{voice} (not installed)</source>
        <translation>{voice} (nicht installiert)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Hear her</source>
        <translation>Anhören</translation>
    </message>
</context>
<context>
    <name>VoiceNames</name>
    <message>
        <source>blend {parts}</source>
        <translation>Mischung {parts}</translation>
    </message>
</context>
<context>
    <name>VoicePage</name>
    <message>
        <source>More voices</source>
        <translation>Weitere Stimmen</translation>
    </message>
    <message>
        <source>All of the voices known are here.</source>
        <translation>Alle bekannten Stimmen sind schon hier.</translation>
    </message>
    <message>
        <source>The best one here</source>
        <translation>Die beste, die hier ist</translation>
    </message>
</context>
<context>
    <name>X11Keys</name>
    <message>
        <source>Keys cannot be watched from other programs: the X server does not let us connect.</source>
        <translation>Tasten wirken nur in ihrem eigenen Fenster: Der X-Server lässt keine Verbindung zu.</translation>
    </message>
    <message>
        <source>{keys} is not on this keyboard; choose other keys.</source>
        <translation>{keys} gibt es auf dieser Tastatur nicht; wähle andere Tasten.</translation>
    </message>
    <message>
        <source>{keys} is taken by another program; choose other keys.</source>
        <translation>{keys} gehört schon einem anderen Programm; wähle andere Tasten.</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Remove: {what}</source>
        <translation>Entfernen: {what}</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
</TS>
