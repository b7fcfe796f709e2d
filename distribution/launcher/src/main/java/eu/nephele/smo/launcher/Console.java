// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports the progress of the start to the person or program that started the server. */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;

    Console(PrintStream out, PrintStream err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    /** Reports a step: the text for people, the event with its fields for programs. */
    void progress(String text, String event, Map<String, ?> fields) {
        out.println(json ? line(event, fields) : text);
    }

    /** Reports an error: one line on standard error, for programs one object on standard output. */
    void failure(String text) {
        if (json) {
            out.println(line("failed", Map.of("message", text)));
        } else {
            err.println("smo: " + text);
        }
    }

    private static String line(String event, Map<String, ?> fields) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("event", event);
        members.putAll(fields);
        return FlatJson.object(members);
    }
}
