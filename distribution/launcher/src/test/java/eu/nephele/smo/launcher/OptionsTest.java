// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    private static final Path HOME = Path.of("/home/ada");

    @Test
    void withoutArgumentsTheDefaultsHold() throws ServerStartException {
        assertThat(Options.parse(List.of(), Map.of(), HOME))
                .isEqualTo(new Options(
                        "127.0.0.1",
                        8000,
                        Path.of("/home/ada/.smo/data"),
                        Optional.empty(),
                        "sim",
                        Optional.empty(),
                        false,
                        false,
                        false));
    }

    @Test
    void everyArgumentIsTakenWithBlankOrEqualsSign() throws ServerStartException {
        Options expected = new Options(
                "::1",
                9000,
                Path.of("/srv/smo"),
                Optional.of(Path.of("/")),
                "karmada",
                Optional.empty(),
                true,
                true,
                false);
        assertThat(Options.parse(
                        List.of(
                                "--host",
                                "::1",
                                "--port",
                                "9000",
                                "--data",
                                "/srv/smo",
                                "--config",
                                "/",
                                "--profile",
                                "karmada",
                                "--json",
                                "--until-ready"),
                        Map.of(),
                        HOME))
                .isEqualTo(expected);
        assertThat(Options.parse(
                        List.of(
                                "--host=::1",
                                "--port=9000",
                                "--data=/srv/smo",
                                "--config=/",
                                "--profile=karmada",
                                "--json",
                                "--until-ready"),
                        Map.of(),
                        HOME))
                .isEqualTo(expected);
    }

    @Test
    void theDataDirectoryComesFromTheEnvironmentUnlessGiven() throws ServerStartException {
        Map<String, String> environment = Map.of("SMO_DATA", "/var/smo");
        assertThat(Options.parse(List.of(), environment, HOME).data()).isEqualTo(Path.of("/var/smo"));
        assertThat(Options.parse(List.of("--data", "/tmp/x"), environment, HOME).data())
                .isEqualTo(Path.of("/tmp/x"));
        assertThat(Options.parse(List.of(), Map.of("SMO_DATA", " "), HOME).data())
                .isEqualTo(Path.of("/home/ada/.smo/data"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "--port,            --port needs a value",
        "--port=-1,         from 0 to 65535",
        "--port=65536,      from 0 to 65535",
        "--port=http,       from 0 to 65535",
        "--port=99999999999, from 0 to 65535",
        "--profile=../etc,  lower-case letters",
        "--prot=1,          Unknown argument '--prot'",
        "now,               Unknown argument 'now'"
    })
    void aWrongArgumentIsNamed(String argument, String message) {
        ServerStartException failure = catchThrowableOfType(
                ServerStartException.class, () -> Options.parse(List.of(argument), Map.of(), HOME));
        assertThat(failure.problem()).contains(message);
        assertThat(failure.exitCode()).isEqualTo(ServerStartException.USAGE);
    }

    @Test
    void aFolderForConfigurationsHasToBeThere() {
        ServerStartException failure = catchThrowableOfType(
                ServerStartException.class,
                () -> Options.parse(List.of("--config", "/no/such/folder"), Map.of(), HOME));
        assertThat(failure.problem()).contains("--config /no/such/folder");
        assertThat(failure.exitCode()).isEqualTo(ServerStartException.USAGE);
    }

    @Test
    void filesOfTlsAreChecked(@TempDir Path folder) throws Exception {
        Path certificate = Files.writeString(folder.resolve("tls.crt"), "any");
        Path key = Files.writeString(folder.resolve("tls.key"), "any");
        assertThat(Options.parse(List.of("--tls-cert", certificate.toString(), "--tls-key=" + key), Map.of(), HOME)
                        .tls())
                .contains(new Options.CertificateFiles(certificate, Optional.of(key)));
        assertThat(Options.parse(List.of("--tls-cert", certificate.toString()), Map.of(), HOME)
                        .tls())
                .contains(new Options.CertificateFiles(certificate, Optional.empty()));
        for (List<String> wrong : List.of(
                List.of("--tls-key", key.toString()),
                List.of("--tls-cert", folder.toString()),
                List.of("--tls-cert", folder.resolve("none").toString()))) {
            ServerStartException failure =
                    catchThrowableOfType(ServerStartException.class, () -> Options.parse(wrong, Map.of(), HOME));
            assertThat(failure.problem()).contains("--tls-cert");
            assertThat(failure.exitCode()).isEqualTo(ServerStartException.USAGE);
        }
    }
}
