// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm.worker;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line between the server and its worker: a number that joins answer and request, a word, and named texts. The
 * texts are in base64, so whatever they hold (line ends, quotes, names of files) is data. The JDK alone reads it: both
 * sides use this class.
 *
 * @param number of the request; answers repeat it
 */
public record Frame(long number, String word, Map<String, String> texts) {

    /** The worker accepts requests; its texts have its version. */
    public static final String READY = "ready";
    /** The request was carried out. */
    public static final String DONE = "done";
    /** The request failed; the text {@link #MESSAGE} has the reason. */
    public static final String FAILED = "failed";

    /** To the worker, under the number 0: the server still owns its database, for {@link #LEFT_MILLIS}. */
    public static final String OWNER = "owner";
    /** The worker has read an {@link #OWNER}. */
    public static final String HEARD = "heard";

    /** Context of the call in its trace; the worker repeats it in what it writes to its log. */
    public static final String TRACE_PARENT = "traceparent";

    public static final String MESSAGE = "message";
    public static final String OUTPUT = "output";
    public static final String VERSION = "version";
    public static final String NAME = "name";
    public static final String NAMESPACE = "namespace";
    public static final String CHART = "chart";
    public static final String VALUES = "values";
    public static final String KUBECONFIG = "kubeconfig";
    public static final String DESCRIPTION = "description";
    public static final String TIMEOUT_SECONDS = "timeoutSeconds";
    public static final String HOOKS = "hooks";
    /** Remaining lease of the server; marks a changing request, which the worker stops after that time. */
    public static final String LEFT_MILLIS = "leftMillis";

    private static final int HEAD = 2;

    public Frame {
        texts = Map.copyOf(texts);
    }

    /** Returns the text of that name, "" for none. */
    public String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /** Without its line end. */
    public String line() {
        StringBuilder line = new StringBuilder().append(number).append(' ').append(word);
        new TreeMap<>(texts).forEach((name, text) -> line.append(' ')
                .append(name)
                .append('=')
                .append(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return line.toString();
    }

    /** @throws IllegalArgumentException if the line has another form */
    public static Frame parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length < HEAD) {
            throw new IllegalArgumentException("A line between server and worker has no number or word");
        }
        Map<String, String> texts = new TreeMap<>();
        for (int i = HEAD; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("A line between server and worker has a text without name");
            }
            byte[] text = Base64.getDecoder().decode(parts[i].substring(equals + 1));
            texts.put(parts[i].substring(0, equals), new String(text, StandardCharsets.UTF_8));
        }
        return new Frame(Long.parseLong(parts[0]), parts[1], texts);
    }
}
