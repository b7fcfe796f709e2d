// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Files of tests, and short ways to read them. */
public final class Texts {

    /** What is set where tests run. */
    public static final ContainersFileReader READER =
            new ContainersFileReader(Map.of("CERTIFICATES", "/etc/smo/certificates", "SHOP_DB_PASSWORD", "hunter2"));

    /** One server, one service, nothing that may be left out. */
    public static final String LEAST = """
            servers:
              - name: edge-1
                host: 192.0.2.11
                ssh_user: deploy
                ssh_key: /etc/smo/keys/edge-1
                max_containers: 12
            services:
              web:
                image: registry.example/shop/web:1.4.2
                port: 8080
                min_replicas: 1
                max_replicas: 4
                scale_up_threshold: 75
                scale_down_threshold: 25
                cooldown_period: 60
                health_check:
                  path: /health
            """;

    private Texts() {}

    /** The example of the documentation. */
    public static String shop() {
        try (InputStream in = Texts.class.getResourceAsStream("/shop.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The least file with some lines more for its service. */
    public static String service(String lines) {
        return LEAST + lines.indent(4);
    }

    /** The least file with one line instead of another one. */
    public static String with(String line, String instead) {
        if (!LEAST.contains(line)) {
            throw new IllegalArgumentException(line + " is not there");
        }
        return LEAST.replace(line, instead);
    }

    public static ContainersFile read(String text) {
        return READER.read(text);
    }

    public static List<FileFinding> errors(String text) {
        return READER.lint(text).errors();
    }

    public static List<FileFinding> warnings(String text) {
        return READER.lint(text).warnings();
    }
}
