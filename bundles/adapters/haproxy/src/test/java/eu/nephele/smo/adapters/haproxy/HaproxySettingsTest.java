// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HaproxySettingsTest {

    @Test
    void theDefaultsAreThoseOfDebian() {
        HaproxySettings settings = HaproxySettings.from(HaproxyConfigurations.with(Map.of()));
        assertThat(settings.system()).isEqualTo("haproxy");
        assertThat(settings.runtime().text()).isEqualTo("/run/haproxy/admin.sock");
        assertThat(settings.binary()).hasToString("/usr/sbin/haproxy");
        assertThat(settings.pidFile()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "runtimeSocket, admin.sock",
        "runtimeSocket, '/run/a b'",
        "runtimeSocket, 127.0.0.1:99999",
        "runtimeSocket, /run/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/0123456789/01234567.sock",
        "masterSocket, '/run/m;x'",
        "pidFile, relative",
        "configurationFile, '/etc/x y.cfg'",
        "binary, haproxy",
        "bindAddress, example.org",
        "statisticsAddress, '* ssl'",
        "certificate, web.pem",
        "socketGroup, 'a b'",
        "smo_system, ''"
    })
    void aWrongPropertyIsNamed(String key, String value) {
        assertThatThrownBy(() -> HaproxySettings.from(HaproxyConfigurations.with(Map.of(key, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.replace('_', '.'));
    }

    @ParameterizedTest
    @CsvSource({
        "/run/haproxy/admin.sock, smo, /run/haproxy/admin.sock mode 660 group smo",
        "/run/haproxy/admin.sock, '', /run/haproxy/admin.sock mode 600",
        "127.0.0.1:9999, '', ipv4@127.0.0.1:9999",
        "[::1]:9999, '', ipv6@::1:9999"
    })
    void theSocketIsWrittenAsHaproxyReadsIt(String text, String group, String written) {
        assertThat(new SocketPlace(text).inConfiguration(group)).isEqualTo(written);
    }
}
