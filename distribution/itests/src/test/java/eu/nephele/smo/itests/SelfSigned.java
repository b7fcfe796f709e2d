// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that vouches for itself, by the keytool of this Java: files {@code NAME.p12}, {@code NAME.crt} and
 * {@code NAME.key} of a folder.
 */
record SelfSigned(Path folder, String name) {

    static final String PASSWORD = "test-secret";
    private static final int PATIENCE_MILLIS = 60_000;

    Path store() {
        return folder.resolve(name + ".p12");
    }

    Path certificate() {
        return folder.resolve(name + ".crt");
    }

    Path key() {
        return folder.resolve(name + ".key");
    }

    SelfSigned sign() throws Exception {
        Files.createDirectories(folder);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "30",
                        "-keystore",
                        store().toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = load();
        Files.writeString(
                certificate(), pem("CERTIFICATE", keys.getCertificate("own").getEncoded()));
        Files.writeString(
                key(),
                pem("PRIVATE KEY", keys.getKey("own", PASSWORD.toCharArray()).getEncoded()));
        return this;
    }

    /** Connects to a server of this machine that has to show the certificate of a file. */
    static SSLSocket connect(int port, Path certificate, SelfSigned... own) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.length == 0 ? new KeyManager[0] : own[0].keyManagers(), trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    private KeyManager[] keyManagers() throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(load(), PASSWORD.toCharArray());
        return managers.getKeyManagers();
    }

    private KeyStore load() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
    }
}
