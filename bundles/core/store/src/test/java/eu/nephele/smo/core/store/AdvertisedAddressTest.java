// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdvertisedAddressTest {

    @Test
    void isWhereTheServerListens() {
        assertThat(AdvertisedAddress.address(Map.of("smo.port", "8000", "org.osgi.service.http.host", "::1")::get))
                .contains(URI.create("http://[::1]:8000"));
        assertThat(AdvertisedAddress.address(Map.<String, String>of()::get)).isEmpty();
    }

    @Test
    void saysTlsWhereTheLauncherWasGivenACertificate() {
        assertThat(AdvertisedAddress.address(Map.of(
                        "smo.port",
                        "8000",
                        "org.osgi.service.http.host",
                        "smo.example",
                        "smo.tls.certificate",
                        "/etc/smo/tls.crt")::get))
                .contains(URI.create("https://smo.example:8000"));
    }
}
