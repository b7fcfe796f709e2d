// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WritersTest {

    private final Writers writers = new Writers(10);

    @Test
    void countsTurnsOfThoseWhoWriteAndOfThoseWhoKeepOthersFromIt() {
        assertThat(writers.turns()).isZero();
        writers.write(new Piece<>(entities -> 1), pieces -> assertThat(pieces).hasSize(1));
        assertThat(writers.turns()).isEqualTo(1);
        writers.take();
        assertThat(writers.turns()).isEqualTo(2);
        writers.release();
        assertThat(writers.turns()).isEqualTo(2);
    }
}
