// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.access.front.BodyMemory.MemoryShare;
import eu.nephele.smo.core.contract.access.ClientNetwork;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {

    private final BodyMemory memory = new BodyMemory(1_000);

    private MemoryShare share(String address) {
        return memory.share(ClientNetwork.from(address));
    }

    @Test
    void nobodyAloneLeavesNothingToOthers() {
        MemoryShare one = share("2001:db8:1:2::1");
        assertThat(one.take(400)).isTrue();
        assertThat(share("2001:db8:1:2::9").take(101)).as("the same network").isFalse();
        assertThat(one.take(100)).isTrue();
        assertThat(one.take(1)).isFalse();
        MemoryShare other = share("10.0.0.1");
        assertThat(other.take(500)).isTrue();
        assertThat(share("10.0.0.2").take(1)).as("all is taken").isFalse();
        assertThat(memory.usedBytes()).isEqualTo(1_000);

        one.giveBack();
        assertThat(one.take(1)).as("its request has ended").isFalse();
        assertThat(share("2001:db8:1:2::1").take(500)).isTrue();
        other.giveBack();
        assertThat(memory.usedBytes()).isEqualTo(500);
    }
}
