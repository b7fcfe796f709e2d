// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Server-sent events as they are sent. Immutable, so that many streams share them. */
final class EventFrames {

    static final EventFrames NONE = new EventFrames(new byte[0]);

    private final byte[] bytes;

    private EventFrames(byte[] bytes) {
        this.bytes = bytes;
    }

    static EventFrames text(String text) {
        return new EventFrames(text.getBytes(StandardCharsets.UTF_8));
    }

    static EventFrames joined(List<EventFrames> frames) {
        if (frames.size() == 1) {
            return frames.get(0);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(each -> all.writeBytes(each.bytes));
        return new EventFrames(all.toByteArray());
    }

    int length() {
        return bytes.length;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** @param out may keep the bytes until they are sent, and does not change them */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
