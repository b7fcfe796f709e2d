// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Keys of signers, made for one test, and what they sign. */
public final class TestKeys {

    private static final String PASSWORD = "secret";

    private final Path folder;

    public TestKeys(Path folder) {
        this.folder = folder;
    }

    private Path store() {
        return folder.resolve("test-keys.p12");
    }

    /** @param further options of keytool */
    public void make(String name, String... further) throws Exception {
        boolean algorithm = List.of(further).contains("-keyalg");
        keytool(
                name,
                "-genkeypair",
                algorithm ? List.of("-dname", "CN=" + name) : List.of("-dname", "CN=" + name, "-keyalg", "EC"),
                further);
    }

    /** Another certificate of the same key, as whoever has the key can make one. */
    void certifyAgain(String name, String... further) throws Exception {
        keytool(name, "-selfcert", List.of(), further);
    }

    private void keytool(String name, String command, List<String> options, String... further) throws Exception {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", command, "-alias", name));
        line.addAll(options);
        line.addAll(List.of(further));
        line.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    public PrivateKeyEntry entry(String name) throws Exception {
        KeyStore keys = KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
        return (PrivateKeyEntry) keys.getEntry(name, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
    }

    String pem(String name) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + java.util.Base64.getMimeEncoder()
                        .encodeToString(entry(name).getCertificate().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    byte[] signed(byte[] jar, String name) throws Exception {
        return signed(jar, name, "SHA-256", false);
    }

    byte[] signed(byte[] jar, String name, String digest, boolean sectionsOnly) throws Exception {
        Path file = Files.write(Files.createTempFile(folder, "unsigned", ".jar"), jar);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            new JarSigner.Builder(entry(name))
                    .digestAlgorithm(digest)
                    .signerName(name.substring(0, Math.min(8, name.length())))
                    .setProperty("sectionsonly", Boolean.toString(sectionsOnly))
                    .build()
                    .sign(zip, out);
        }
        return out.toByteArray();
    }
}
