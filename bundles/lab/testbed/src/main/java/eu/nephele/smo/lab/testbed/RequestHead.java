// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * @param target path and query
 * @param headers whole lines
 */
record RequestHead(String method, String target, List<String> headers) {

    private static final int LONGEST = 64 * 1024;

    RequestHead {
        headers = List.copyOf(headers);
    }

    /** Reads up to the empty line, not a byte further. */
    static RequestHead read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The request ends in its head");
            }
            if (head.size() > LONGEST) {
                throw new IOException("The head of the request is too long");
            }
            head.write(next);
            if (next == '\n') {
                ends++;
            } else if (next != '\r') {
                ends = 0;
            }
        }
        List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
        String[] words = lines.get(0).split(" ", -1);
        if (words.length != 3) {
            throw new IOException("No request: " + lines.get(0));
        }
        return new RequestHead(
                words[0],
                words[1],
                lines.stream().skip(1).filter(line -> !line.isEmpty()).toList());
    }

    boolean has(String name) {
        return headers.stream().anyMatch(line -> isOf(line, name));
    }

    RequestHead without(List<String> names) {
        return new RequestHead(
                method,
                target,
                headers.stream()
                        .filter(line -> names.stream().noneMatch(name -> isOf(line, name)))
                        .toList());
    }

    RequestHead renamed(String name, String other) {
        return new RequestHead(
                method,
                target,
                headers.stream()
                        .map(line -> isOf(line, name) ? other + line.substring(name.length()) : line)
                        .toList());
    }

    RequestHead with(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new RequestHead(method, target, more);
    }

    RequestHead to(String otherTarget) {
        return new RequestHead(method, otherTarget, headers);
    }

    byte[] bytes() {
        return "%s %s HTTP/1.1\r\n%s\r\n\r\n"
                .formatted(method, target, String.join("\r\n", headers))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isOf(String line, String name) {
        return line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":");
    }
}
