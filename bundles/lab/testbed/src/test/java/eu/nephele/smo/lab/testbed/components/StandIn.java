// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A fake program of Karmada: prints the flags in its help, and answers health checks on its port. */
public final class StandIn {

    private StandIn() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Map<String, String> flags = new HashMap<>();
        for (String argument : arguments) {
            String[] words = argument.split("=", 2);
            flags.put(words[0], words.length > 1 ? words[1] : "");
        }
        if (flags.containsKey("--help")) {
            System.out.println("--bind-address --secure-port --metrics-bind-address --failover-eviction-timeout");
            return;
        }
        InetSocketAddress address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.parseInt(flags.getOrDefault("--secure-port", "0")));
        HttpServer server = flags.containsKey("--cert-dir")
                ? secure(address, Path.of(flags.get("--cert-dir")))
                : HttpServer.create(address, 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static HttpServer secure(InetSocketAddress address, Path pair)
            throws IOException, GeneralSecurityException {
        String key = Files.readString(pair.resolve("tls.key"))
                .replaceAll("-----[A-Z ]*-----", "")
                .replaceAll("\\s", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pair.resolve("tls.crt"))) {
            store.setKeyEntry(
                    "own",
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                    new char[0],
                    new Certificate[] {CertificateFactory.getInstance("X.509").generateCertificate(in)});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }
}
