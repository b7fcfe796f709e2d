// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.pool;

import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.compare.FileDiff;
import java.util.List;
import java.util.Optional;

/** A file that was read again and checked; nothing is changed yet. */
public final class CheckedReload {

    private final List<FileFinding> errors;
    private final List<FileFinding> warnings;
    private final Optional<FileDiff> diff;
    private final Optional<PoolDocument> next;
    private final Optional<Resource> present;

    private CheckedReload(
            List<FileFinding> errors,
            List<FileFinding> warnings,
            Optional<FileDiff> diff,
            Optional<PoolDocument> next,
            Optional<Resource> present) {
        this.errors = List.copyOf(errors);
        this.warnings = List.copyOf(warnings);
        this.diff = diff;
        this.next = next;
        this.present = present;
    }

    static CheckedReload refused(List<FileFinding> errors, List<FileFinding> warnings) {
        return new CheckedReload(errors, warnings, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param next what the pool is to be
     * @param present what it is
     */
    static CheckedReload valid(
            List<FileFinding> warnings, Optional<FileDiff> diff, PoolDocument next, Optional<Resource> present) {
        return new CheckedReload(List.of(), warnings, diff, Optional.of(next), present);
    }

    /** Why nothing is to be changed; empty when the file is valid. */
    public List<FileFinding> errors() {
        return errors;
    }

    /** What is odd in a valid file. */
    public List<FileFinding> warnings() {
        return warnings;
    }

    /** To what runs; empty when nothing does. */
    public Optional<FileDiff> diff() {
        return diff;
    }

    Optional<PoolDocument> next() {
        return next;
    }

    Optional<Resource> present() {
        return present;
    }
}
