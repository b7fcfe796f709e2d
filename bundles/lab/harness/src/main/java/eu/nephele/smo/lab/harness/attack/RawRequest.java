// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request whose every byte is chosen: nothing is escaped, completed or checked. */
final class RawRequest {

    private static final String END = "\r\n";

    private final String method;
    private final String path;
    private final List<String> lines = new ArrayList<>();

    RawRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    RawRequest header(String name, String value) {
        return line(name + ": " + value);
    }

    /** Adds a header field unchanged. */
    RawRequest line(String line) {
        lines.add(line);
        return this;
    }

    byte[] head() {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1" + END);
        lines.forEach(line -> text.append(line).append(END));
        return text.append(END).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A request without a body, on a connection that ends with the answer. */
    byte[] bytes() {
        return header("Connection", "close").head();
    }

    /** With a body and its right length, on a connection that ends with the answer. */
    byte[] bytes(String mediaType, byte[] body) {
        header("Content-Type", mediaType);
        header("Content-Length", Integer.toString(body.length));
        return join(bytes(), body);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
