// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.core.contract.audit.AuditFault.FaultKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chain that goes on behind an older end, and says why. */
class DeclaredRestoreTest {

    private static final Instant RESTORED_AT = ChainSample.NOON.plusSeconds(600);

    private final ChainSample sample = new ChainSample();
    private final List<AuditEntry> before = ChainSample.behind(AuditHead.EMPTY, 10, "anna");
    private final AuditVerifier verifier = new AuditVerifier(List.of(sample.key));
    private final List<AuditEntry> after = new ArrayList<>();

    @BeforeEach
    void restoreAtSix() {
        after.addAll(before.subList(0, 6));
        AuditEntry declared = AuditEntry.following(before.get(5).head(), 2, "restore", restore());
        after.add(declared);
        after.addAll(ChainSample.behind(declared.head(), 5, "bert"));
    }

    private static AuditRecord restore() {
        return new AuditRecord(RESTORED_AT, "machine:root", "", AuditEntry.RESTORE, "database/a", "accepted", "");
    }

    private AuditVerdict verdict(List<AuditEntry> chain) {
        chain.forEach(verifier::entry);
        return verifier.end();
    }

    @Test
    void whatWasAnchoredAndIsLostIsTheFaultOfTheRestore() {
        verifier.anchor(sample.head(before.get(8)));
        AuditVerdict verdict = verdict(after);
        assertThat(verdict.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.kind()).isEqualTo(FaultKind.RESTORED);
            assertThat(fault.sequence()).isEqualTo(7);
            assertThat(fault.message()).contains("machine:root", "up to 9");
        });
        assertThat(verdict.restores()).extracting(AuditEntry::sequence).containsExactly(7L);
    }

    @Test
    void aChainThatIsShorterThanWhatIsLostIsNoChainThatWasCutOff() {
        verifier.anchor(sample.head(before.get(9)));
        assertThat(verdict(after.subList(0, 7)).faults())
                .extracting(AuditFault::kind)
                .containsExactly(FaultKind.RESTORED);
    }

    @Test
    void anAcceptedRestoreIsNoFault() {
        verifier.accept(7);
        verifier.anchor(sample.head(before.get(8)));
        verifier.anchor(sample.head(before.get(9)));
        AuditVerdict verdict = verdict(after);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.restores()).hasSize(1);
    }

    @Test
    void anotherRestoreThanTheAcceptedOneIsAFault() {
        verifier.accept(6);
        verifier.anchor(sample.head(before.get(8)));
        assertThat(verdict(after).isGood()).isFalse();
    }

    @Test
    void whatWasSignedAfterTheRestoreHasToBeThere() {
        AuditSeal later =
                sample.seal(AuditSeal.SealKind.HEAD, before.get(9).head(), "here", RESTORED_AT.plusSeconds(1));
        verifier.accept(7);
        verifier.anchor(later);
        assertThat(verdict(after).faults()).extracting(AuditFault::kind).containsExactly(FaultKind.REWRITTEN);
    }

    @Test
    void whatWasSignedBehindTheEndAfterTheRestoreIsCutOff() {
        AuditSeal later =
                sample.seal(AuditSeal.SealKind.HEAD, after.get(11).head(), "here", RESTORED_AT.plusSeconds(1));
        verifier.accept(7);
        verifier.anchor(later);
        assertThat(verdict(after.subList(0, 9)).faults())
                .extracting(AuditFault::kind)
                .containsExactly(FaultKind.CUT_OFF);
    }

    @Test
    void whatIsBeforeTheRestoredEndMustNotHaveChanged() {
        AuditEntry other = AuditEntry.following(before.get(3).head(), 1, "x", ChainSample.content("eve", 4));
        verifier.accept(7);
        verifier.anchor(sample.head(other));
        assertThat(verdict(after).faults()).extracting(AuditFault::kind).containsExactly(FaultKind.REWRITTEN);
    }

    @Test
    void headsOfBeforeAndAfterWithOneSequenceAreNoFork() {
        verifier.accept(7);
        verifier.anchor(sample.head(before.get(8)));
        verifier.anchor(sample.seal(AuditSeal.SealKind.HEAD, after.get(8).head(), "here", RESTORED_AT.plusSeconds(9)));
        AuditVerdict verdict = verdict(after);
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.seals()).isEqualTo(1);
    }
}
