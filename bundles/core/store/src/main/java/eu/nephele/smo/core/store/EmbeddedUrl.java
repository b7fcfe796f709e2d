// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import java.nio.file.Path;

/** URL of the embedded database: place and options of its file. */
final class EmbeddedUrl {

    static final String FILE = "smo.mv.db";

    private static final String PREFIX = "jdbc:h2:";
    private static final int CACHE_KIB = 8192;
    /** More than the store has: with H2's 8 each statement of a change is parsed each time. */
    private static final int PARSED_STATEMENTS = 256;

    private EmbeddedUrl() {}

    static String url(Path directory) {
        return url(directory, CACHE_KIB);
    }

    static String url(Path directory, int cacheKiB) {
        // WRITE_DELAY=0: H2's default acknowledges what is not written yet, a killed process would lose it.
        // async: a thread that is interrupted while it reads or writes would close the file for everybody else.
        // RETENTION_TIME stays at H2's 45 s: with 0 the file is smaller under load, but acknowledged commits were
        // seen to be missing after reopening.
        // MAX_COMPACT_TIME=0: what H2 moves while it closes was seen to be missing afterwards (h2database issue
        // 4247); the file is compacted while it is open (ADR 0049).
        // DB_CLOSE_*: the store closes the database, not the last connection and not a hook that runs while we drain.
        return PREFIX + "async:"
                + directory.toAbsolutePath().resolve("smo").toString().replace('\\', '/')
                + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;MAX_COMPACT_TIME=0;LOCK_TIMEOUT=10000"
                + ";MAX_LENGTH_INPLACE_LOB=16384;QUERY_CACHE_SIZE=" + PARSED_STATEMENTS + ";CACHE_SIZE=" + cacheKiB;
    }

    static boolean is(String url) {
        return url.startsWith(PREFIX) && !url.startsWith(PREFIX + "tcp:") && !url.startsWith(PREFIX + "ssl:");
    }
}
