// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.backup;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gets what is in an archive, in its order. What it throws ends the reading. */
public interface ArchiveRows {

    /** The archive begins. */
    void begin(ArchiveHeader header) throws IOException;

    /** A table begins, whose rows follow; those of the table before are complete. */
    void table(ArchiveTable table) throws IOException;

    /** @param values by column, as {@link ColumnType} says */
    void row(@Nullable Object[] values) throws IOException;

    /** The archive is whole: all of it fits its manifest. */
    void end(ArchiveManifest manifest) throws IOException;
}
