// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one answer strictly: a truncated or malformed one counts as none. */
public final class HttpReader {

    private static final int MOST_LINE = 16_384;
    private static final int MOST_BODY = 16 * 1024 * 1024;
    private static final int HEXADECIMAL = 16;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?");

    private final InputStream in;

    public HttpReader(InputStream in) {
        this.in = in;
    }

    /**
     * @param method of the request: an answer to HEAD has no body
     * @throws IOException when it is not complete, or not HTTP
     */
    public RawResponse read(String method) throws IOException {
        while (true) {
            int status = status(line());
            Map<String, String> headers = headers();
            // 1xx come before the answer
            if (status >= 200) {
                byte[] body = hasBody(method, status) ? body(headers) : new byte[0];
                return new RawResponse(status, headers, new String(body, StandardCharsets.UTF_8));
            }
        }
    }

    private static boolean hasBody(String method, int status) {
        return !method.equals("HEAD") && status != 204 && status != 304;
    }

    private static int status(String line) throws IOException {
        if (!STATUS_LINE.matcher(line).matches()) {
            throw new IOException("no status line: " + line);
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        String line = line();
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header field: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
            line = line();
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? limited(in.readNBytes(MOST_BODY + 1)) : exactly(number(length, 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = number(line().split(";", 2)[0].strip(), HEXADECIMAL);
            if (length == 0) {
                headers();
                return body.toByteArray();
            }
            body.writeBytes(exactly(length));
            limited(body.toByteArray());
            if (!line().isEmpty()) {
                throw new IOException("a chunk does not end where it says");
            }
        }
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseUnsignedInt(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("no length: " + text, e);
        }
    }

    private byte[] exactly(int length) throws IOException {
        if (length < 0 || length > MOST_BODY) {
            throw new IOException("a body of %d bytes".formatted(length));
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("ended after %d of %d bytes of the body".formatted(bytes.length, length));
        }
        return bytes;
    }

    private static byte[] limited(byte[] bytes) throws IOException {
        if (bytes.length > MOST_BODY) {
            throw new IOException("a body without an end");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException(line.size() == 0 ? "ended without a line" : "ended within a line");
            }
            if (line.size() == MOST_LINE) {
                throw new IOException("a line without an end");
            }
            line.write(next);
            next = in.read();
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
