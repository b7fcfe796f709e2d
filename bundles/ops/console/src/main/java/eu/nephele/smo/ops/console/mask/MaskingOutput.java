// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Matcher;

/** Masks secrets in what is written through it. It holds back as much as a secret that has begun may still need. */
final class MaskingOutput extends OutputStream {

    private static final int CHUNK = 8_192;

    /** What the pattern looks at before a match. */
    private static final int CONTEXT = 2;

    private final OutputStream out;
    private final SecretMask mask;
    private final StringBuilder pending = new StringBuilder();
    /** Characters at the beginning of the pending ones that are written already. */
    private int written;

    MaskingOutput(OutputStream out, SecretMask mask) {
        this.out = out;
        this.mask = mask;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = offset; at < offset + length; at += CHUNK) {
            pending.append(new String(bytes, at, Math.min(CHUNK, offset + length - at), ISO_8859_1));
            if (pending.length() >= CHUNK + mask.longest()) {
                pass(pending.length() - mask.longest());
            }
        }
    }

    /** Writes what cannot be the begin of a secret. */
    @Override
    public void flush() throws IOException {
        pass(pending.length() - mask.longest());
        out.flush();
    }

    /** Writes the rest; the stream behind stays open. */
    void finish() throws IOException {
        pass(pending.length());
    }

    /** Takes back what is not written yet. */
    void discard() {
        pending.setLength(0);
        written = 0;
    }

    private void pass(int end) throws IOException {
        if (end <= written) {
            return;
        }
        StringBuilder masked = new StringBuilder();
        Matcher matcher = mask.pattern().matcher(pending).useTransparentBounds(true);
        matcher.region(written, pending.length());
        int at = written;
        while (matcher.find() && matcher.start() < end) {
            masked.append(pending, at, matcher.start()).append(SecretMask.MASK);
            at = matcher.end();
        }
        if (at < end) {
            masked.append(pending, at, end);
            at = end;
        }
        out.write(masked.toString().getBytes(ISO_8859_1));
        int kept = Math.max(0, at - CONTEXT);
        pending.delete(0, kept);
        written = at - kept;
    }
}
