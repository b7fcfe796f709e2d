// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Identity of an API server: an authority of its own, a certificate for the loopback address, a key for tokens of service
 * accounts. Created anew for each test bed.
 */
final class Certificates {

    private static final String DAYS = "30";

    private final Path folder;
    private final String openssl;

    private Certificates(Path folder, Path openssl) {
        this.folder = folder;
        this.openssl = openssl.toString();
    }

    static Certificates make(Path folder, String name, Path openssl) throws IOException, InterruptedException {
        Certificates made = new Certificates(folder, openssl);
        Files.writeString(
                folder.resolve("names"),
                "subjectAltName=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1\n");
        made.run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "sa.key");
        List<String> authority = new ArrayList<>(List.of("req", "-x509", "-days", DAYS));
        authority.addAll(newKey("ca.key"));
        authority.addAll(List.of("-out", "ca.crt", "-subj", "/CN=" + name + "-ca"));
        made.run(authority.toArray(String[]::new));
        List<String> request = new ArrayList<>(List.of("req"));
        request.addAll(newKey("server.key"));
        request.addAll(List.of("-out", "server.csr", "-subj", "/CN=kube-apiserver"));
        made.run(request.toArray(String[]::new));
        made.sign("server.csr", "names", "server.crt");
        return made;
    }

    private void sign(String request, String names, String certificate) throws IOException, InterruptedException {
        run(
                "x509",
                "-req",
                "-in",
                request,
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                DAYS,
                "-extfile",
                names,
                "-out",
                certificate);
    }

    /** A folder with {@code tls.crt} and {@code tls.key}, for client and server. */
    Path pair(String name, String subject, List<String> hosts) throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve("pairs").resolve(name));
        Path names = place.resolve("names");
        Files.writeString(names, "subjectAltName=IP:127.0.0.1,DNS:" + String.join(",DNS:", hosts) + "\n");
        String key = place.resolve("tls.key").toString();
        String request = place.resolve("tls.csr").toString();
        List<String> asking = new ArrayList<>(List.of("req"));
        asking.addAll(newKey(key));
        asking.addAll(List.of("-out", request, "-subj", subject));
        run(asking.toArray(String[]::new));
        sign(request, names.toString(), place.resolve("tls.crt").toString());
        return place;
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path server() {
        return folder.resolve("server.crt");
    }

    Path serverKey() {
        return folder.resolve("server.key");
    }

    Path accountsKey() {
        return folder.resolve("sa.key");
    }

    private static List<String> newKey(String file) {
        return List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", file);
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(openssl));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("openssl.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("openssl %s failed; see %s".formatted(arguments[0], log));
        }
    }
}
