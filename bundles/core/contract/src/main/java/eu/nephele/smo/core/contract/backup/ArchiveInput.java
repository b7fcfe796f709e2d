// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of an archive: their number, and the last ones, by which a ZIP file that is whole ends. */
final class ArchiveInput extends FilterInputStream {

    /** Of the record at the end: signature, numbers of disks and parts, size and place of the directory, no comment. */
    private static final int END = 22;

    private static final int SIGNATURE = 0x06054b50;
    private static final int PARTS = 10;
    private static final int DIRECTORY_SIZE = 12;
    private static final int DIRECTORY_PLACE = 16;
    private static final long UNSIGNED = 0xffffffffL;
    /** The numbers are in another record: the archive is larger than 4 GiB. */
    private static final long LARGE = 0xffffffffL;

    private final byte[] last = new byte[END];
    private long bytes;

    ArchiveInput(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = in.read(target, offset, length);
        if (got > 0) {
            bytes += got;
            int kept = Math.min(got, END);
            System.arraycopy(last, kept, last, 0, END - kept);
            System.arraycopy(target, offset + got - kept, last, END - kept, kept);
        }
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Reads what is left.
     *
     * @param parts that the archive has
     * @throws ArchiveException when it does not end as an archive with so many parts does
     */
    void requireEnd(int parts) throws IOException {
        transferTo(OutputStream.nullOutputStream());
        ByteBuffer end = ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN);
        long size = end.getInt(DIRECTORY_SIZE) & UNSIGNED;
        long place = end.getInt(DIRECTORY_PLACE) & UNSIGNED;
        boolean fits = place == LARGE || place + size + END == bytes;
        if (bytes < END || end.getInt(0) != SIGNATURE || end.getShort(PARTS) != parts || !fits) {
            throw new ArchiveException("The archive is cut off, or something follows its end");
        }
    }
}
