// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GroupCommitWriterTest {

    private final GroupCommitWriter writers = new GroupCommitWriter(10);

    @Test
    void countsTurnsOfThoseWhoWriteAndOfThoseWhoKeepOthersFromIt() {
        assertThat(writers.turns()).isZero();
        writers.write(
                new BatchedWrite<>(entities -> 1), pieces -> assertThat(pieces).hasSize(1));
        assertThat(writers.turns()).isEqualTo(1);
        writers.take();
        assertThat(writers.turns()).isEqualTo(2);
        writers.release();
        assertThat(writers.turns()).isEqualTo(2);
    }
}
