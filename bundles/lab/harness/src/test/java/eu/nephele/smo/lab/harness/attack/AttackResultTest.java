// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.nephele.smo.lab.harness.attack.AttackFinding.AttackKind;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttackResultTest {

    @ParameterizedTest
    @CsvSource({
        "10, true, 99.9, 10.0, true",
        "9, true, 1, 1, false",
        "10, false, 1, 1, false",
        "10, true, 100, 1, false",
        "10, true, 1, 10.1, false"
    })
    void isGoodOnlyWithinAllBounds(int cases, boolean open, double p99, double growth, boolean good) {
        assertThat(new AttackResult(1, 10, cases, 1, Map.of(400, 10), open, p99, growth, growth, List.of()).isGood())
                .isEqualTo(good);
    }

    @ParameterizedTest
    @EnumSource(AttackKind.class)
    void anyFindingIsOneTooMuch(AttackKind kind) {
        assertThat(found(List.of(new AttackFinding(kind, "case 7", "500"))).isGood())
                .isFalse();
    }

    @Test
    void theLineHasWhatIsPromised() {
        AttackResult result = found(List.of(new AttackFinding(AttackKind.LEFT, "file x", "is left")));
        assertThat(result.json())
                .isEqualTo(
                        "{\"cases\":10,\"serverErrors\":0,\"unanswered\":0,\"wrongAnswers\":0,\"failedReads\":0,\"left\":1,"
                                + "\"databaseOpen\":true,\"readP99Millis\":1.5,\"heapGrowthMegabytes\":-0.3,\"heapGrowthSinceStartMegabytes\":4.2,\"seed\":1,\"seconds\":2.0}");
    }

    @Test
    void theTableShowsTheFirstTwentyFindings() {
        AttackResult result =
                found(Collections.nCopies(25, new AttackFinding(AttackKind.UNANSWERED, "case 7", "silence")));
        assertThat(result.table()).contains("case 7").contains("and 5 more");
        assertThat(result.table().split("case 7", -1)).hasSize(21);
    }

    @Test
    void thePercentileIsOneOfTheValues() {
        assertThat(HonestReads.percentile(LongStream.rangeClosed(1, 200).boxed().toList()))
                .isEqualTo(198);
        assertThat(HonestReads.percentile(List.of())).isZero();
    }

    @Test
    void theHeapIsThatOfAnyCollector() throws IOException {
        String serial = """
                123:
                 def new generation   total 9216K, used 1024K [0x1, 0x2, 0x3)
                  eden space 8192K,   2% used [0x1, 0x2, 0x3)
                 tenured generation   total 20480K, used 3072K [0x1, 0x2, 0x3)
                 Metaspace       used 5000K, committed 5100K, reserved 6000K
                """;
        assertThat(HeapProbe.megabytes(serial)).isEqualTo(4);
        assertThat(HeapProbe.megabytes(" garbage-first heap   total 20480K, used 2048K [0x1)\n Metaspace used 9K"))
                .isEqualTo(2);
        assertThatThrownBy(() -> HeapProbe.megabytes("nothing")).isInstanceOf(IOException.class);
    }

    @Test
    void whatWasThereBeforeIsNotLeft() {
        ServerResidue before = new ServerResidue(Set.of("graph a/b"), new ThreadCounts(8, 3, 50));
        assertThat(before.beyond(before)).isEmpty();
        assertThat(new ServerResidue(Set.of("graph a/c"), new ThreadCounts(8, 3, 90)).beyond(before))
                .containsExactly("graph a/c", "other threads: 90, before 50");
    }

    private static AttackResult found(List<AttackFinding> findings) {
        return new AttackResult(1, 10, 10, 2.04, Map.of(), true, 1.5, -0.3, 4.2, findings);
    }
}
