// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import eu.nephele.smo.core.contract.audit.AuditFault.FaultKind;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Verifies a chain as it is read, in memory that does not grow with it: the hash of each entry, that each follows the one before, that
 * epochs do not fall, and that signed heads and anchors are those of this chain. Anchors come first, then a checkpoint where the
 * beginning was removed, then entries with signed heads among them.
 */
public final class AuditVerifier {

    /** So many faults are told; all further ones follow from them, or are alike. */
    public static final int MOST_FAULTS = 100;

    private final SealSignatures signatures;
    private final AuditEncoding encoding = new AuditEncoding();
    private final TreeMap<Long, AuditSeal> expected = new TreeMap<>();
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
        AuditSeal other = expected.putIfAbsent(seal.head().sequence(), seal);
        if (other != null && !other.head().equals(seal.head())) {
            fault(
                    FaultKind.FORKED,
                    seal.head().sequence(),
                    "two signed heads have the same sequence and different hashes");
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
        meet(end);
    }

    /** Compares what was expected at a place that is reached. */
    private void meet(AuditHead reached) {
        while (!expected.isEmpty() && expected.firstKey() <= reached.sequence()) {
            AuditSeal seal = expected.pollFirstEntry().getValue();
            if (seal.head().sequence() == reached.sequence()) {
                compare(seal, reached);
            }
        }
    }

    private void compare(AuditSeal seal, AuditHead reached) {
        if (seal.head().equals(reached)) {
            seals++;
            sealedTo = Math.max(sealedTo, reached.sequence());
        } else {
            fault(
                    FaultKind.REWRITTEN,
                    reached.sequence(),
                    "its hash is not the one that was signed at %s".formatted(seal.at()));
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
        if (!expected.isEmpty()) {
            AuditSeal last = expected.lastEntry().getValue();
            fault(
                    FaultKind.CUT_OFF,
                    end.sequence() + 1,
                    "the chain ends at %d, but %d was signed at %s"
                            .formatted(end.sequence(), last.head().sequence(), last.at()));
        }
        return new AuditVerdict(entries, first, end, seals, sealedTo, faults);
    }
}
