// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LateWritesTest {

    private long seen;
    private final LateWrites late = new LateWrites(() -> seen);

    private void round(Blow blow, int during) throws Exception {
        late.begin();
        seen += during;
        late.end(blow);
    }

    @Test
    void whatTheWorldSeesInARoundIsOfItsHit() throws Exception {
        round(Blow.STOP, 2);
        round(Blow.KILL, 0);
        round(Blow.CUT, 1);
        round(Blow.STOP, 3);
        assertThat(late.byBlow()).isEqualTo(Map.of(Blow.STOP, 5L, Blow.KILL, 0L, Blow.CUT, 1L));
    }

    @Test
    void whatItSeesBetweenTwoRoundsIsOfNoHit() throws Exception {
        seen = 4;
        round(Blow.KILL, 0);
        seen += 3;
        round(Blow.CUT, 0);
        assertThat(late.byBlow()).isEqualTo(Map.of(Blow.KILL, 0L, Blow.CUT, 0L));
    }
}
