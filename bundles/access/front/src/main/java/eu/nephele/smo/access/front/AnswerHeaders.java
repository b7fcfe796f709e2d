// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Headers that protect every answer. What an answer has set itself stays: the console loads and frames as it needs to.
 *
 * @param hstsSeconds how long browsers keep to TLS for this host name; 0: not told
 */
record AnswerHeaders(int hstsSeconds) {

    private static final Map<String, String> ALWAYS = always();
    private static final String CONSOLE = "/system/console";
    private static final String DOCS = "/docs";

    private static Map<String, String> always() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Content-Security-Policy", "frame-ancestors 'none'");
        return headers;
    }

    /**
     * @param path of the request, "" when it cannot be read
     * @param secure whether it came by TLS
     */
    void complete(HttpFields.Mutable fields, String path, boolean secure) {
        ALWAYS.forEach((name, value) -> addMissing(fields, name, value));
        if (!isBelow(path, DOCS) && !isBelow(path, CONSOLE)) {
            addMissing(fields, HttpHeader.CACHE_CONTROL.asString(), "no-store");
        }
        if (secure && hstsSeconds > 0) {
            addMissing(fields, "Strict-Transport-Security", "max-age=" + hstsSeconds);
        }
        fields.remove(HttpHeader.SERVER);
    }

    /** The same as lines of an answer that is written without the web server. */
    static String lines() {
        StringBuilder lines = new StringBuilder();
        ALWAYS.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.append("Cache-Control: no-store\r\n").toString();
    }

    private static void addMissing(HttpFields.Mutable fields, String name, String value) {
        if (!fields.contains(name)) {
            fields.put(name, value);
        }
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
