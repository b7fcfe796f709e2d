// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreSettingsTest {

    private static final Optional<String> DATA = Optional.of("/var/smo");

    @Test
    void withoutConfigurationTheDatabaseIsEmbeddedInTheDataDirectory() {
        StoreSettings settings = StoreSettings.of(new Config(), DATA);

        assertThat(settings.embedded()).contains(Path.of("/var/smo/db"));
        assertThat(settings.driver()).isEqualTo("org.h2.Driver");
        assertThat(settings.url()).contains("/var/smo/db/smo;").contains(";WRITE_DELAY=0;");
        assertThat(StoreSettings.of(new Config().data("/elsewhere"), DATA).embedded())
                .contains(Path.of("/elsewhere/db"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/smo, jdbc:postgresql://h/smo?stringtype=unspecified, org.postgresql.Driver",
        "jdbc:postgresql://h/smo?ssl=true, jdbc:postgresql://h/smo?ssl=true&stringtype=unspecified, org.postgresql.Driver",
        "jdbc:postgresql://h/smo?stringtype=unspecified, jdbc:postgresql://h/smo?stringtype=unspecified, org.postgresql.Driver",
        "jdbc:h2:tcp://h/smo, jdbc:h2:tcp://h/smo, org.h2.Driver"
    })
    void theUrlChoosesTheDriver(String url, String used, String driver) {
        StoreSettings settings = StoreSettings.of(new Config().url(url).user("u"), Optional.empty());

        assertThat(settings.url()).isEqualTo(used);
        assertThat(settings.driver()).isEqualTo(driver);
        assertThat(settings.embedded()).isEmpty();
        assertThat(settings.user()).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource({"0, 640, 40960", "0, 320, 20480", "0, 65536, 1048576", "64, 640, 64"})
    void theCacheOfTheEmbeddedDatabaseGoesWithTheHeap(int configured, long heapMegabytes, int expected) {
        assertThat(StoreSettings.cacheKiB(new Config().embeddedCacheKiB(configured), heapMegabytes << 20))
                .isEqualTo(expected);
    }

    @Test
    void whatIsWrongIsNamedByItsKey() {
        refuses(new Config().poolSize(1), "eu.nephele.smo.core.store: poolSize='1', expected 2..200");
        refuses(
                new Config().connectTimeoutMillis(3),
                "eu.nephele.smo.core.store: connectTimeoutMillis='3', expected 250..120000");
        refuses(
                new Config().embeddedCacheKiB(1),
                "eu.nephele.smo.core.store: embeddedCacheKiB='1', expected 0 or 64..1048576");
        refuses(
                new Config().url("jdbc:mysql://u:secret@h/smo?x=secret"),
                "eu.nephele.smo.core.store: url='jdbc:mysql://h/smo', expected jdbc:postgresql:… or jdbc:h2:…"
                        + " (empty for the embedded database)");
        refuses(
                new Config().passwordReference("secret"),
                "eu.nephele.smo.core.store: passwordReference is neither file:PATH nor env:NAME, k8s:NAMESPACE/NAME/KEY or vault:MOUNT/PATH#KEY."
                        + " The password itself does not belong in the configuration.");
        refuses(
                new Config().url("jdbc:postgresql://h/smo?ssl=true&PASSWORD=secret"),
                "eu.nephele.smo.core.store: url='jdbc:postgresql://h/smo', expected no password in it:"
                        + " set passwordReference instead");
        assertThatThrownBy(() -> StoreSettings.of(new Config(), Optional.empty()))
                .hasMessageStartingWith("eu.nephele.smo.core.store: smo.data=''");
    }

    @Test
    void aPasswordFileIsRelativeToTheDataDirectory() {
        Config config = new Config().url("jdbc:postgresql://h/smo").passwordReference("file:etc/p");

        assertThat(StoreSettings.of(config, DATA).password().directory()).isEqualTo(Path.of("/var/smo"));
        assertThat(StoreSettings.of(config.data("/elsewhere"), DATA).password().directory())
                .isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void textsForLogsHoldNoPassword() {
        StoreSettings settings =
                StoreSettings.of(new Config().url("jdbc:postgresql://u:secret@h/smo?sslpass=secret"), DATA);

        assertThat(settings.place()).isEqualTo("jdbc:postgresql://h/smo");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    private static void refuses(Config config, String message) {
        assertThatThrownBy(() -> StoreSettings.of(config, DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
