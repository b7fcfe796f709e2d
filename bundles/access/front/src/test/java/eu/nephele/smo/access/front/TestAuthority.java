// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of one test, by the keytool of this Java: what it signs is made when it is needed. */
public final class TestAuthority {

    public static final String PASSWORD = "test-secret";
    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final Path store;

    public TestAuthority(Path folder, String name) throws Exception {
        this.folder = Files.createDirectories(folder.resolve(name));
        this.store = this.folder.resolve("authority.p12");
        keytool(
                "-genkeypair",
                "-alias",
                AUTHORITY,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "bc:c",
                "-validity",
                "30");
    }

    /** @param parameters of {@code keytool -genkeypair}, {@code -keyalg RSA} at least */
    public Signed sign(String subject, String validity, String... parameters) throws Exception {
        String alias = "signed-" + Files.list(folder).count() + "-" + System.nanoTime();
        List<String> generate =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", subject, "-signer", AUTHORITY));
        generate.addAll(List.of("-ext", "san=dns:localhost,ip:127.0.0.1"));
        generate.addAll(Arrays.asList(validity.split(" ")));
        generate.addAll(List.of(parameters));
        keytool(generate.toArray(String[]::new));
        KeyStore keys = load();
        return new Signed(
                keys.getKey(alias, PASSWORD.toCharArray()),
                Arrays.stream(keys.getCertificateChain(alias))
                        .map(X509Certificate.class::cast)
                        .toList());
    }

    public X509Certificate certificate() throws Exception {
        return (X509Certificate) load().getCertificate(AUTHORITY);
    }

    /** A client that trusts this authority only. */
    public SSLContext client(Signed... own) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(own), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keys(Signed... own) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        for (Signed each : own) {
            keys.setKeyEntry("own", each.key(), new char[0], each.chain().toArray(Certificate[]::new));
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        return managers.getKeyManagers();
    }

    /** @param chain the certificate, then that of the authority */
    public record Signed(Key key, List<X509Certificate> chain) {

        public void writeTo(Path certificateFile, Path keyFile) throws Exception {
            Files.writeString(certificateFile, pem());
            Files.writeString(keyFile, block("PRIVATE KEY", key.getEncoded()));
        }

        public String pem() throws Exception {
            return pem(chain);
        }

        static String pem(List<X509Certificate> certificates) throws Exception {
            StringBuilder text = new StringBuilder();
            for (X509Certificate certificate : certificates) {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            }
            return text.toString();
        }

        public void writePkcs12(Path file) throws Exception {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", key, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
            try (var out = Files.newOutputStream(file)) {
                keys.store(out, PASSWORD.toCharArray());
            }
        }

        public static String block(String label, byte[] der) {
            return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                    .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
        }
    }

    /** Reads one answer up to the end of the connection. */
    static String talk(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(answer);
        return answer.toString(StandardCharsets.UTF_8);
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", arguments) + ": " + output);
        }
    }
}
