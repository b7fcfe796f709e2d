// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import eu.nephele.smo.access.front.TestAuthority;
import eu.nephele.smo.access.front.TestAuthority.Signed;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates, as programs and people write them. */
final class ServerCertificateTest {

    private static final String EC = "EC";
    private static final String RSA = "RSA";
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    static Path authorities;

    private static Signed first;
    private static Signed second;
    private static Signed rsa;
    private static Signed expired;

    @TempDir
    Path folder;

    private final MetricsRecorder metrics = mock(MetricsRecorder.class);
    private Path certificateFile;
    private Path keyFile;

    @BeforeAll
    static void sign() throws Exception {
        TestAuthority authority = new TestAuthority(authorities, "unit");
        first = authority.sign("CN=first", "-validity 20", "-keyalg", EC, "-groupname", "secp256r1");
        second = authority.sign("CN=second", "-validity 20", "-keyalg", EC, "-groupname", "secp384r1");
        rsa = authority.sign("CN=rsa", "-validity 20", "-keyalg", RSA, "-keysize", "2048");
        expired = authority.sign("CN=expired", "-startdate -10d -validity 5", "-keyalg", EC, "-groupname", "secp256r1");
    }

    @BeforeEach
    void files() {
        certificateFile = folder.resolve("tls.crt");
        keyFile = folder.resolve("tls.key");
    }

    @Test
    void isTakenOnceAndAnewWhenItChanges() throws Exception {
        ServerCertificate certificate = pem();
        assertThat(certificate.look()).isEmpty();
        assertThat(certificate.isPresent()).isFalse();
        assertThat(certificate.warnings()).singleElement().asString().contains("port is closed", "there is no file");

        first.writeTo(certificateFile, keyFile);
        assertThat(certificate.look()).isPresent();
        assertThat(certificate.look()).isEmpty();
        assertThat(certificate.warnings()).isEmpty();

        rsa.writeTo(certificateFile, keyFile);
        assertThat(certificate.look()).isPresent();
        verify(metrics, times(2)).count("smo_access_tls_reloads_total", Map.of("result", "taken"));
    }

    @Test
    void whatCannotBeUsedLeavesTheFormerOneAndIsToldOnce() throws Exception {
        ServerCertificate certificate = pem();
        first.writeTo(certificateFile, keyFile);
        assertThat(certificate.look()).isPresent();

        Files.writeString(certificateFile, second.pem());
        refused(certificate, "the key does not belong to the certificate");
        refused(certificate, "the key does not belong to the certificate");
        verify(metrics, times(1)).count("smo_access_tls_reloads_total", Map.of("result", "refused"));

        Files.writeString(certificateFile, rsa.pem());
        refused(certificate, "no readable key for the algorithm RSA");
        Files.writeString(certificateFile, first.pem().substring(0, 120));
        refused(certificate, "no certificate");
        Files.writeString(certificateFile, Signed.block("CERTIFICATE", new byte[] {1, 2, 3}));
        refused(certificate, "cannot be read");
        Files.writeString(certificateFile, "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----");
        refused(certificate, "not Base64");
        Files.writeString(certificateFile, first.pem() + rsa.pem());
        refused(certificate, "certificate 2 of the chain is not signed by the next one");
        expired.writeTo(certificateFile, keyFile);
        refused(certificate, "expired");
        Files.delete(keyFile);
        refused(certificate, "there is no file");
        Files.writeString(keyFile, Signed.block("RSA PRIVATE KEY", new byte[] {1}));
        refused(certificate, "openssl pkcs8");
        Files.write(keyFile, new byte[(1 << 20) + 1]);
        refused(certificate, "larger than 1 MiB");

        first.writeTo(certificateFile, keyFile);
        assertThat(certificate.look()).isEmpty();
        assertThat(certificate.warnings()).isEmpty();
        second.writeTo(certificateFile, keyFile);
        assertThat(certificate.look()).isPresent();
    }

    @Test
    void atTheStartAnExpiredOneIsServedAndWarnedOf() throws Exception {
        ServerCertificate certificate = pem();
        expired.writeTo(certificateFile, keyFile);

        assertThat(certificate.look()).isPresent();
        assertThat(certificate.warnings()).singleElement().asString().contains("ends on");
    }

    @Test
    void itsLastTenthIsWarnedOf() throws Exception {
        first.writeTo(certificateFile, keyFile);
        Instant end = first.chain().get(0).getNotAfter().toInstant();
        ServerCertificate early = pem(end.minus(Duration.ofDays(3)));
        ServerCertificate late = pem(end.minus(Duration.ofDays(1)));

        assertThat(early.look()).isPresent();
        assertThat(early.warnings()).isEmpty();
        assertThat(late.look()).isPresent();
        assertThat(late.warnings()).containsExactly("The certificate ends on " + end);
    }

    @Test
    void keyAndCertificateMayShareAFile() throws Exception {
        Files.writeString(
                certificateFile,
                "text of some program\n"
                        + Signed.block("PRIVATE KEY", first.key().getEncoded()) + first.pem());
        assertThat(certificate(
                                new TlsSettings(certificateFile, Optional.empty(), Optional.empty(), Optional.empty()),
                                Clock.systemUTC())
                        .look())
                .isPresent();
    }

    @Test
    void aPkcs12FileNeedsItsPassword() throws Exception {
        Path file = folder.resolve("server.P12");
        first.writePkcs12(file);

        assertThat(withPassword(file, Optional.empty(), Optional.of("env:RIGHT"))
                        .look())
                .isPresent();
        ServerCertificate wrong = withPassword(file, Optional.empty(), Optional.of("env:WRONG"));
        assertThat(wrong.look()).isEmpty();
        assertThat(wrong.warnings())
                .singleElement()
                .asString()
                .contains("PKCS#12")
                .doesNotContain("guess");
        ServerCertificate mistaken = withPassword(file, Optional.empty(), Optional.of(TestAuthority.PASSWORD));
        assertThat(mistaken.look()).isEmpty();
        assertThat(mistaken.warnings())
                .singleElement()
                .asString()
                .contains("expected file:PATH or env:NAME")
                .doesNotContain(TestAuthority.PASSWORD);
    }

    @Test
    void anEncryptedKeyNeedsItsPassword() throws Exception {
        Files.writeString(certificateFile, first.pem());
        for (String algorithm : List.of("PBEWithSHA1AndDESede", "PBES2")) {
            if (algorithm.equals("PBES2")) {
                // as openssl writes it; this Java cannot name it where it encrypts
                Assumptions.assumeTrue(Files.isExecutable(OPENSSL), "no openssl: a key by it is not tested");
                encryptByOpenssl();
            } else {
                Files.writeString(keyFile, Signed.block("ENCRYPTED PRIVATE KEY", encrypted(algorithm)));
            }

            assertThat(withPassword(certificateFile, Optional.of(keyFile), Optional.of("env:RIGHT"))
                            .look())
                    .as(algorithm)
                    .isPresent();
            ServerCertificate wrong = withPassword(certificateFile, Optional.of(keyFile), Optional.of("env:WRONG"));
            assertThat(wrong.look()).isEmpty();
            assertThat(wrong.warnings()).singleElement().asString().contains("cannot be decrypted");
            ServerCertificate none = withPassword(certificateFile, Optional.of(keyFile), Optional.empty());
            assertThat(none.look()).isEmpty();
            assertThat(none.warnings()).singleElement().asString().contains("set tlsPassword");
        }
    }

    private void encryptByOpenssl() throws Exception {
        Path plain = folder.resolve("plain.key");
        Files.writeString(plain, Signed.block("PRIVATE KEY", first.key().getEncoded()));
        Process process = new ProcessBuilder(
                        OPENSSL.toString(),
                        "pkcs8",
                        "-topk8",
                        "-in",
                        plain.toString(),
                        "-out",
                        keyFile.toString(),
                        "-passout",
                        "pass:" + TestAuthority.PASSWORD)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static byte[] encrypted(String algorithm) throws Exception {
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec(TestAuthority.PASSWORD.toCharArray())));
        AlgorithmParameters parameters = cipher.getParameters();
        return new EncryptedPrivateKeyInfo(
                        parameters, cipher.doFinal(first.key().getEncoded()))
                .getEncoded();
    }

    private void refused(ServerCertificate certificate, String why) {
        assertThat(certificate.look()).isEmpty();
        assertThat(certificate.isPresent()).isTrue();
        assertThat(certificate.warnings()).singleElement().asString().contains("The former certificate stays", why);
    }

    private ServerCertificate pem() {
        return certificate(
                new TlsSettings(certificateFile, Optional.of(keyFile), Optional.empty(), Optional.empty()),
                Clock.systemUTC());
    }

    private ServerCertificate pem(Instant now) {
        return certificate(
                new TlsSettings(certificateFile, Optional.of(keyFile), Optional.empty(), Optional.empty()),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private ServerCertificate withPassword(Path file, Optional<Path> key, Optional<String> reference) {
        return certificate(new TlsSettings(file, key, reference, Optional.empty()), Clock.systemUTC());
    }

    private ServerCertificate certificate(TlsSettings settings, Clock clock) {
        SecretSource secrets = reference -> switch (reference) {
            case "env:RIGHT" -> Optional.of(TestAuthority.PASSWORD);
            case "env:WRONG" -> Optional.of("guess");
            default -> Optional.empty();
        };
        return new ServerCertificate(settings, () -> List.of(secrets), () -> Optional.of(metrics), clock);
    }
}
