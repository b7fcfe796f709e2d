// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.attack;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.lab.harness.attack.Cases.Case;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CasesTest {

    @Test
    void aCaseIsDecidedBySeedAndNumberAlone() {
        for (int number : List.of(0, 7, 42, 9999)) {
            Case once = of(3, number);
            Case again = of(3, number);
            assertThat(again.family()).isEqualTo(once.family());
            assertThat(again.shot().what()).isEqualTo(once.shot().what());
            assertThat(sent(again)).isEqualTo(sent(once));
        }
    }

    @Test
    void anotherSeedSendsSomethingElse() {
        List<Integer> one = IntStream.range(0, 100)
                .map(number -> sent(of(1, number)))
                .boxed()
                .toList();
        List<Integer> other = IntStream.range(0, 100)
                .map(number -> sent(of(2, number)))
                .boxed()
                .toList();
        assertThat(IntStream.range(0, 100)
                        .filter(i -> one.get(i).equals(other.get(i)))
                        .count())
                .isLessThan(20);
    }

    @Test
    void aHundredCasesHaveEveryFamilyAndOneSlowSender() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(number -> of(1, number).family())
                        .collect(Collectors.groupingBy(family -> family, Collectors.counting())))
                .containsOnlyKeys("path", "header", "manifest", "number", "size", "wire", "slow")
                .containsEntry("slow", 1L);
        assertThat(IntStream.range(0, 100).filter(Cases::isSlow).count()).isEqualTo(1);
    }

    @Test
    void onlyBodiesThatMayBeTakenSayWhatTheyMake() {
        IntStream.range(0, 300).mapToObj(number -> of(5, number)).forEach(it -> assertThat(
                        it.shot().made().isPresent())
                .isEqualTo(it.family().equals("number")));
    }

    @Test
    void aDescriptorIsGoodButForOnePlace() {
        assertThat(NumberAttack.descriptor("g", "alpha", "NaN"))
                .contains("\"alpha\":NaN")
                .contains("\"minReplicas\":1");
        assertThat(NumberAttack.descriptor("g", "", "")).contains("\"alpha\":1");
    }

    private static Case of(long seed, int number) {
        return new Cases(seed).next(new AttackTarget(number, "127.0.0.1:8000", "secret"));
    }

    /** Archives have the time of day in them, so their length counts. */
    private static int sent(Case it) {
        return it.family().equals("manifest")
                ? it.shot().parts().stream().mapToInt(part -> part.length).sum()
                : it.shot().parts().stream().mapToInt(Arrays::hashCode).sum();
    }
}
