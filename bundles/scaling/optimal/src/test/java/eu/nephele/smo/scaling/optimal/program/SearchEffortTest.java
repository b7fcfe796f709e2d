// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.optimal.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchEffortTest {

    @Test
    void whatAPartLeavesIsLeftForTheOthers() {
        SearchEffort whole = new SearchEffort(90, () -> false);
        SearchEffort first = whole.part(3);
        first.spend(10);
        SearchEffort second = whole.part(2);
        second.spend(40);
        assertThat(second.isOver()).isFalse();
        second.spend(1);
        assertThat(second.isOver()).isTrue();
        assertThat(first.isOver()).isFalse();
        SearchEffort partOfThird = whole.part(1).part(1);
        partOfThird.spend(39);
        assertThat(partOfThird.isOver()).isFalse();
        whole.spend(1);
        assertThat(whole.isOver()).isTrue();
    }

    @Test
    void theSignToStopEndsEveryPart() {
        SearchEffort part = new SearchEffort(90, () -> true).part(2);
        part.spend(1);
        assertThat(part.isOver()).isTrue();
    }
}
