// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Takes a ZIP archive, and writes it with the secrets in its files masked. It keeps the archive in memory, never in a file. */
final class MaskingArchive extends OutputStream {

    static final int MOST_BYTES = 16 << 20;

    private final OutputStream out;
    private final SecretMask mask;
    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    MaskingArchive(OutputStream out, SecretMask mask) {
        this.out = out;
        this.mask = mask;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** @throws IOException the archive is too large */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (archive.size() + (long) length > MOST_BYTES) {
            throw new IOException(
                    "The archive is larger than %d bytes and cannot be searched for secrets: ask for single pages"
                            .formatted(MOST_BYTES));
        }
        archive.write(bytes, offset, length);
    }

    void discard() {
        archive.reset();
    }

    /** The stream behind stays open. */
    void finish() throws IOException {
        byte[] bytes = archive.toByteArray();
        if (bytes.length < 2 || bytes[0] != 'P' || bytes[1] != 'K') {
            // a page at the address of an archive
            MaskingOutput page = new MaskingOutput(out, mask);
            page.write(bytes);
            page.finish();
            return;
        }
        ZipOutputStream masked = new ZipOutputStream(out);
        ZipInputStream read = new ZipInputStream(new ByteArrayInputStream(bytes));
        for (ZipEntry entry = read.getNextEntry(); entry != null; entry = read.getNextEntry()) {
            masked.putNextEntry(new ZipEntry(entry.getName()));
            MaskingOutput file = new MaskingOutput(masked, mask);
            read.transferTo(file);
            file.finish();
            masked.closeEntry();
        }
        masked.finish();
    }
}
