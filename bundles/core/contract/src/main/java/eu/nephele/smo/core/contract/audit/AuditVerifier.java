// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.core.contract.audit.AuditFault.FaultKind;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Verifies a chain as it is read, in memory that does not grow with it: the hash of each entry, that each follows the one before, that
 * epochs do not fall, and that signed heads and anchors are those of this chain. Anchors come first, then a checkpoint where the
 * beginning was removed, then entries with signed heads among them.
 *
 * <p>A database that was restored from a backup says so in its chain ({@link AuditEntry#RESTORE}). Heads that were signed before that entry and
 * are not of this chain are what the restore has lost: a fault of its own kind, until somebody {@linkplain #accept accepts} this restore.
 * Whoever cuts a chain off can declare a restore, too; so it is never passed over in silence.
 */
public final class AuditVerifier {

    /** So many faults are told; all further ones follow from them, or are alike. */
    public static final int MOST_FAULTS = 100;

    private final SealSignatures signatures;
    private final AuditEncoding encoding = new AuditEncoding();
    /** By sequence; different heads with one sequence are judged when the chain has reached it. */
    private final TreeMap<Long, List<AuditSeal>> expected = new TreeMap<>();

    private final List<AuditEntry> restores = new ArrayList<>();
    private final Set<Long> accepted = new HashSet<>();
    private final List<AuditFault> faults = new ArrayList<>();
    /** Sequence of the newest anchor, 0 for none. */
    private long anchoredTo;

    private AuditHead end = AuditHead.EMPTY;
    private long entries;
    private long first;
    private long seals;
    private long sealedTo;

    /** @param keys that are trusted */
    public AuditVerifier(List<AuditKey> keys) {
        this.signatures = new SealSignatures(keys);
    }

    /**
     * A restore that is known to have happened: what it has lost is no fault.
     *
     * @param restore sequence of its entry
     */
    public void accept(long restore) {
        accepted.add(restore);
    }

    /** What was anchored outside at some time. Called before the first entry. */
    public void anchor(AuditSeal anchor) {
        if (isSigned(anchor)) {
            anchoredTo = Math.max(anchoredTo, anchor.head().sequence());
            expect(anchor);
        }
    }

    /** The next line of the chain, which is a seal. */
    public void seal(AuditSeal seal) {
        if (!isSigned(seal)) {
            return;
        }
        if (seal.kind() == SealKind.CHECKPOINT) {
            begin(seal);
        } else if (seal.head().sequence() > end.sequence()) {
            expect(seal);
        } else if (seal.head().sequence() == end.sequence()) {
            compare(seal, end);
        }
    }

    private void begin(AuditSeal checkpoint) {
        if (entries > 0 || end.sequence() > 0) {
            fault(FaultKind.REORDERED, checkpoint.head().sequence(), "a checkpoint is not at the beginning");
            return;
        }
        if (anchoredTo > 0 && anchoredTo < checkpoint.head().sequence()) {
            // who holds the key can sign any checkpoint: what was anchored has to reach behind it
            fault(
                    FaultKind.REMOVED,
                    anchoredTo,
                    "what begins behind %d cannot be compared with the newest anchor, which is of %d"
                            .formatted(checkpoint.head().sequence(), anchoredTo));
        }
        end = checkpoint.head();
        seals++;
        sealedTo = Math.max(sealedTo, end.sequence());
        expected.headMap(end.sequence(), false).clear();
        meet(end);
    }

    private void expect(AuditSeal seal) {
        List<AuditSeal> same = expected.computeIfAbsent(seal.head().sequence(), sequence -> new ArrayList<>(1));
        if (same.stream().noneMatch(other -> other.head().equals(seal.head()))) {
            same.add(seal);
        }
    }

    /** The next entry of the chain. */
    public void entry(AuditEntry entry) {
        entries++;
        if (first == 0) {
            first = entry.sequence();
        }
        // what the encoding cannot tell apart is no entry either
        boolean stored = AuditTexts.within(entry.content()).equals(entry.content());
        if (!stored || !encoding.hash(entry).equals(entry.hash())) {
            fault(FaultKind.CHANGED, entry.sequence(), "the content does not fit its hash");
        }
        long next = end.sequence() + 1;
        if (entry.sequence() > next) {
            fault(
                    FaultKind.REMOVED,
                    next,
                    "%d entries are missing before %d".formatted(entry.sequence() - next, entry.sequence()));
        } else if (entry.sequence() < next) {
            fault(FaultKind.REORDERED, entry.sequence(), "it comes behind %d".formatted(end.sequence()));
        } else if (!entry.previous().equals(end.hash())) {
            fault(FaultKind.FORKED, entry.sequence(), "it follows another entry than the one before it");
        }
        if (entry.epoch() < end.epoch()) {
            fault(
                    FaultKind.FORKED,
                    entry.sequence(),
                    "epoch %d wrote after epoch %d had begun".formatted(entry.epoch(), end.epoch()));
        }
        end = entry.head();
        if (entry.content().action().equals(AuditEntry.RESTORE)) {
            restores.add(entry);
        }
        meet(end);
    }

    /** Compares what was expected at a place that is reached. */
    private void meet(AuditHead reached) {
        while (!expected.isEmpty() && expected.firstKey() <= reached.sequence()) {
            List<AuditSeal> seals = expected.pollFirstEntry().getValue();
            if (seals.get(0).head().sequence() == reached.sequence()) {
                (isForked(seals) ? seals.subList(0, 1) : seals).forEach(seal -> compare(seal, reached));
            }
        }
    }

    /** Of different heads with one sequence, all but one are of before a restore. */
    private boolean isForked(List<AuditSeal> seals) {
        boolean forked = seals.size() > 1
                && seals.stream().filter(seal -> restoreAfter(seal).isEmpty()).count() > 1;
        if (forked) {
            fault(
                    FaultKind.FORKED,
                    seals.get(0).head().sequence(),
                    "two signed heads have the same sequence and different hashes");
        }
        return forked;
    }

    private void compare(AuditSeal seal, AuditHead reached) {
        if (seal.head().equals(reached)) {
            this.seals++;
            sealedTo = Math.max(sealedTo, reached.sequence());
            return;
        }
        Optional<AuditEntry> restore = restoreAfter(seal);
        if (restore.isPresent()) {
            lost(seal, restore.get());
        } else {
            fault(
                    FaultKind.REWRITTEN,
                    reached.sequence(),
                    "its hash is not the one that was signed at %s".formatted(seal.at()));
        }
    }

    /** The first restore that explains why a head is not of this chain: signed before it, of what comes behind the restored end. */
    private Optional<AuditEntry> restoreAfter(AuditSeal seal) {
        return restores.stream()
                .filter(restore -> restore.sequence() <= seal.head().sequence()
                        && seal.at().isBefore(restore.content().at()))
                .findFirst();
    }

    private void lost(AuditSeal seal, AuditEntry restore) {
        if (!accepted.contains(restore.sequence())) {
            fault(
                    FaultKind.RESTORED,
                    restore.sequence(),
                    "the chain was restored at %s by %s; up to %d, signed at %s, is lost behind %d"
                            .formatted(
                                    restore.content().at(),
                                    restore.content().principal(),
                                    seal.head().sequence(),
                                    seal.at(),
                                    restore.sequence() - 1));
        }
    }

    private boolean isSigned(AuditSeal seal) {
        return signatures
                .why(seal)
                .map(why -> {
                    fault(FaultKind.SIGNATURE, seal.head().sequence(), why);
                    return false;
                })
                .orElse(true);
    }

    private void fault(FaultKind kind, long sequence, String message) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new AuditFault(kind, sequence, message));
        }
    }

    /** The end of the chain is reached. */
    public AuditVerdict end() {
        Optional<AuditSeal> beyond = Optional.empty();
        for (List<AuditSeal> seals : expected.values()) {
            for (AuditSeal seal : isForked(seals) ? seals.subList(0, 1) : seals) {
                Optional<AuditEntry> restore = restoreAfter(seal);
                if (restore.isPresent()) {
                    lost(seal, restore.get());
                } else {
                    beyond = Optional.of(seal);
                }
            }
        }
        beyond.ifPresent(last -> fault(
                FaultKind.CUT_OFF,
                end.sequence() + 1,
                "the chain ends at %d, but %d was signed at %s"
                        .formatted(end.sequence(), last.head().sequence(), last.at())));
        return new AuditVerdict(entries, first, end, seals, sealedTo, restores, faults);
    }
}
