// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientNetworkTest {

    @Test
    void anAddressIsANetworkOfItsOwnButForVersion6() {
        assertThat(ClientNetwork.from("10.0.0.1")).isNotEqualTo(ClientNetwork.from("10.0.0.2"));
        assertThat(ClientNetwork.from("::ffff:10.0.0.1"))
                .as("version 4, written as version 6")
                .isNotEqualTo(ClientNetwork.from("::ffff:10.0.0.2"));
        assertThat(ClientNetwork.from("2001:db8:1:2::1"))
                .isEqualTo(ClientNetwork.from("2001:db8:1:2:ffff::7"))
                .isNotEqualTo(ClientNetwork.from("2001:db8:1:3::1"));
        assertThat(ClientNetwork.from("")).isEqualTo(new ClientNetwork(""));
    }
}
