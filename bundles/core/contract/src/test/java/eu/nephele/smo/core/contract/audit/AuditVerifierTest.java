// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.contract.audit.AuditFault.FaultKind;
import eu.nephele.smo.core.contract.audit.AuditSeal.SealKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditVerifierTest {

    private final ChainSample sample = new ChainSample();
    private final List<AuditEntry> chain = new ArrayList<>(ChainSample.behind(AuditHead.EMPTY, 10, "anna"));
    private final AuditVerifier verifier = new AuditVerifier(List.of(sample.key));

    @Test
    void aChainThatFitsItsSealsIsGood() {
        verifier.anchor(sample.head(chain.get(4)));
        chain.subList(0, 7).forEach(verifier::entry);
        verifier.seal(sample.head(chain.get(6)));
        chain.subList(7, 10).forEach(verifier::entry);
        AuditVerdict verdict = verifier.end();
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.entries()).isEqualTo(10);
        assertThat(verdict.end()).isEqualTo(chain.get(9).head());
        assertThat(verdict.seals()).isEqualTo(2);
        assertThat(verdict.sealedTo()).isEqualTo(7);
    }

    @Test
    void aChangedEntryIsFound() {
        AuditEntry honest = chain.get(3);
        chain.set(
                3,
                new AuditEntry(
                        honest.sequence(),
                        honest.epoch(),
                        honest.id(),
                        ChainSample.content("bert", 3),
                        honest.previous(),
                        honest.hash()));
        assertThat(kinds()).containsExactly(FaultKind.CHANGED);
    }

    @Test
    void aChangedEntryWithANewHashIsFound() {
        AuditHead before = chain.get(2).head();
        chain.set(3, AuditEntry.following(before, 1, "id4", ChainSample.content("bert", 3)));
        assertThat(kinds()).containsExactly(FaultKind.FORKED);
    }

    @Test
    void anEntryThatIsHashedButCannotBeStoredSoIsFound() {
        AuditEntry honest = chain.get(3);
        chain.set(
                3,
                new AuditEntry(
                        honest.sequence(),
                        honest.epoch(),
                        honest.id(),
                        // encoded as a question mark, like any other half of a pair
                        honest.content().withDetail("\ud800"),
                        honest.previous(),
                        new AuditEncoding()
                                .hash(new AuditEntry(
                                        honest.sequence(),
                                        honest.epoch(),
                                        honest.id(),
                                        honest.content().withDetail("\ud800"),
                                        honest.previous(),
                                        ""))));
        assertThat(kinds()).contains(FaultKind.CHANGED);
    }

    @Test
    void aRemovedEntryIsFoundAlsoTheFirstOne() {
        chain.remove(5);
        chain.remove(0);
        assertThat(kinds()).containsExactly(FaultKind.REMOVED, FaultKind.REMOVED);
    }

    @Test
    void entriesInAnotherOrderAreFound() {
        AuditEntry fifth = chain.remove(4);
        chain.add(5, fifth);
        assertThat(kinds()).contains(FaultKind.REORDERED);
    }

    @Test
    void anEndThatWasCutOffIsFoundByAnAnchor() {
        verifier.anchor(sample.head(chain.get(9)));
        chain.subList(7, 10).clear();
        assertThat(kinds()).containsExactly(FaultKind.CUT_OFF);
    }

    @Test
    void aChainThatWasComputedAnewIsFoundByAnAnchor() {
        verifier.anchor(sample.head(chain.get(5)));
        List<AuditEntry> anew = ChainSample.behind(chain.get(2).head(), 7, "bert");
        chain.subList(3, 10).clear();
        chain.addAll(anew);
        assertThat(kinds()).containsExactly(FaultKind.REWRITTEN);
    }

    @Test
    void twoSignedHeadsOfOnePlaceAreAFork() {
        verifier.anchor(sample.head(chain.get(5)));
        verifier.anchor(
                sample.head(ChainSample.behind(chain.get(4).head(), 1, "bert").get(0)));
        assertThat(kinds()).containsExactly(FaultKind.FORKED);
    }

    @Test
    void anEarlierEpochThatGoesOnIsAFork() {
        AuditEntry later = AuditEntry.following(chain.get(9).head(), 3, "id11", ChainSample.content("anna", 11));
        chain.add(later);
        chain.add(AuditEntry.following(later.head(), 2, "id12", ChainSample.content("anna", 12)));
        assertThat(kinds()).containsExactly(FaultKind.FORKED);
    }

    @Test
    void aChainGoesOnBehindASignedCheckpoint() {
        verifier.anchor(sample.head(chain.get(1)));
        verifier.anchor(sample.head(chain.get(8)));
        verifier.seal(sample.seal(SealKind.CHECKPOINT, chain.get(3).head(), "here"));
        chain.subList(0, 4).clear();
        assertThat(kinds()).isEmpty();
    }

    /** Whoever has the key could sign it for a chain of its own. */
    @Test
    void aCheckpointBehindAllAnchorsIsFound() {
        verifier.anchor(sample.head(chain.get(1)));
        verifier.anchor(sample.head(chain.get(4)));
        AuditHead invented = new AuditHead(8, 1, "f".repeat(64));
        verifier.seal(sample.seal(SealKind.CHECKPOINT, invented, "here"));
        chain.clear();
        chain.addAll(ChainSample.behind(invented, 2, "bert"));
        assertThat(kinds()).containsExactly(FaultKind.REMOVED);
    }

    @Test
    void aCheckpointAtAnAnchorHasItsHash() {
        verifier.anchor(sample.head(chain.get(7)));
        AuditHead invented = new AuditHead(8, 1, "f".repeat(64));
        verifier.seal(sample.seal(SealKind.CHECKPOINT, invented, "here"));
        chain.clear();
        assertThat(kinds()).containsExactly(FaultKind.REWRITTEN);
    }

    @Test
    void aCheckpointThatIsNotThatOfTheChainIsFound() {
        AuditEntry other = ChainSample.behind(chain.get(2).head(), 1, "bert").get(0);
        verifier.seal(sample.seal(SealKind.CHECKPOINT, other.head(), "here"));
        chain.subList(0, 4).clear();
        assertThat(kinds()).containsExactly(FaultKind.FORKED);
    }

    @Test
    void sealsOfOthersProveNothing() {
        verifier.anchor(new ChainSample().head(chain.get(5)));
        AuditSeal signed = sample.head(chain.get(9));
        verifier.anchor(new AuditSeal(
                signed.kind(),
                signed.installation(),
                chain.get(8).head(),
                signed.at(),
                signed.key(),
                signed.signature()));
        verifier.anchor(signed);
        verifier.anchor(sample.seal(SealKind.HEAD, chain.get(8).head(), "elsewhere"));
        assertThat(kinds()).containsExactly(FaultKind.SIGNATURE, FaultKind.SIGNATURE, FaultKind.SIGNATURE);
    }

    private List<FaultKind> kinds() {
        chain.forEach(verifier::entry);
        return verifier.end().faults().stream().map(AuditFault::kind).toList();
    }
}
