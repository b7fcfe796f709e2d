// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LateWritesTest {

    private long seen;
    private final LateWrites late = new LateWrites(() -> seen);

    private void round(OwnerFailure ownerFailure, int during) throws Exception {
        late.begin();
        seen += during;
        late.end(ownerFailure);
    }

    @Test
    void whatTheWorldSeesInARoundIsOfItsHit() throws Exception {
        round(OwnerFailure.STOP, 2);
        round(OwnerFailure.KILL, 0);
        round(OwnerFailure.CUT, 1);
        round(OwnerFailure.STOP, 3);
        assertThat(late.byBlow()).isEqualTo(Map.of(OwnerFailure.STOP, 5L, OwnerFailure.KILL, 0L, OwnerFailure.CUT, 1L));
    }

    @Test
    void whatItSeesBetweenTwoRoundsIsOfNoHit() throws Exception {
        seen = 4;
        round(OwnerFailure.KILL, 0);
        seen += 3;
        round(OwnerFailure.CUT, 0);
        assertThat(late.byBlow()).isEqualTo(Map.of(OwnerFailure.KILL, 0L, OwnerFailure.CUT, 0L));
    }
}
