// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.testbed.components;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Access to an API server: tokens, and a kubeconfig for each user. */
final class KubernetesAccess {

    static final String ADMIN = "admin";
    private static final int TOKEN_BYTES = 16;

    private final Path folder;
    private final URI url;
    private final Map<String, String> tokens;

    private KubernetesAccess(Path folder, URI url, Map<String, String> tokens) {
        this.folder = folder;
        this.url = url;
        this.tokens = tokens;
    }

    static KubernetesAccess make(KubernetesSpec spec, Path folder, URI url, Path authority) throws IOException {
        Map<String, String> tokens = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        List<String> users = new ArrayList<>(List.of(ADMIN));
        users.addAll(spec.users());
        for (String user : users) {
            String token = token();
            tokens.put(user, token);
            String groups = user.equals(ADMIN) ? ",system:masters" : "";
            lines.add("%s,%s,%s%s".formatted(token, user, user, groups));
        }
        KubernetesAccess access = new KubernetesAccess(folder, url, tokens);
        writePrivate(access.tokensFile(), String.join("\n", lines) + "\n");
        for (String user : users) {
            writePrivate(access.kubeconfig(user), access.kubeconfigText(spec.name(), user, authority));
        }
        return access;
    }

    URI url() {
        return url;
    }

    Path tokensFile() {
        return folder.resolve("tokens.csv");
    }

    String token(String user) {
        String token = tokens.get(user);
        if (token == null) {
            throw new IllegalArgumentException("Unknown user %s, expected one of %s".formatted(user, tokens.keySet()));
        }
        return token;
    }

    Path kubeconfig(String user) {
        return folder.resolve(user.equals(ADMIN) ? "kubeconfig" : "kubeconfig-" + user);
    }

    private String kubeconfigText(String name, String user, Path authority) throws IOException {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: %1$s, cluster: {server: "%2$s", certificate-authority-data: %3$s}}]
                users: [{name: %4$s, user: {token: %5$s}}]
                contexts: [{name: %1$s, context: {cluster: %1$s, user: %4$s}}]
                current-context: %1$s
                """.formatted(
                name, url, Base64.getEncoder().encodeToString(Files.readAllBytes(authority)), user, token(user));
    }

    private static String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
