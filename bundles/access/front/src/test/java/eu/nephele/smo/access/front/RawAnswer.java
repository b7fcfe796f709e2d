// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** What comes back over a connection, as it is. */
final class RawAnswer {

    private RawAnswer() {}

    /** Head and body of one answer with a Content-Length; what there was when the connection ends before that. */
    static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        String length = head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1");
        return head + new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
    }
}
