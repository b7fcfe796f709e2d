// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.admission;

import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.core.plugins.TestKeys;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK takes a time stamp of anybody: who signs with an old key could be his own authority and sign for the past. */
class TimeAuthorityTest {

    @Test
    void onlyAKnownAuthorityTellsTheTime(@TempDir Path folder) throws Exception {
        TestKeys keys = new TestKeys(folder);
        keys.make("stamps", "-ext", "eku=timeStamping");
        keys.make("signs");
        X509Certificate stamps = (X509Certificate) keys.entry("stamps").getCertificate();
        X509Certificate signs = (X509Certificate) keys.entry("signs").getCertificate();
        Instant now = Instant.now();
        TrustStore both = new TrustStore(Set.of(stamps, signs));
        assertThat(both.vouchesForTime(List.of(stamps), now)).isTrue();
        assertThat(both.vouchesForTime(List.of(stamps), now.minusSeconds(86_400)))
                .as("before its certificate")
                .isFalse();
        assertThat(both.vouchesForTime(List.of(signs), now))
                .as("made for something else")
                .isFalse();
        assertThat(TrustStore.NOBODY.vouchesForTime(List.of(stamps), now))
                .as("unknown")
                .isFalse();
        assertThat(both.vouchesForTime(List.of(), now)).isFalse();
    }
}
