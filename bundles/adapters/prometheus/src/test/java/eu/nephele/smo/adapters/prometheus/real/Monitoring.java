// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.nephele.smo.adapters.http.JdkHttpSystems;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSettings;
import eu.nephele.smo.api.port.http.HttpSettings.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A real Prometheus and a real Alertmanager, with their targets and receivers. */
final class Monitoring {

    /** Credentials that Alertmanager sends with each notification. */
    static final String SECRET = "told by Alertmanager only";

    private final Path folder;
    private final HttpServer site;
    private final List<String> alerts = new CopyOnWriteArrayList<>();
    private final List<String> credentials = new CopyOnWriteArrayList<>();
    private final CountingHttp http;
    private final Process alertmanager;
    private final Process prometheus;

    /** @param exposition metrics in the text format */
    Monitoring(Path folder, Supplier<String> exposition) throws Exception {
        Path program = Programs.onPath("prometheus", "install the Debian package prometheus");
        Path teller = Programs.onPath("prometheus-alertmanager", "install the Debian package prometheus-alertmanager");
        this.folder = folder;
        Files.createDirectories(rules());
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/metrics", exchange -> answer(exchange, exposition.get()));
        site.createContext("/alerts", exchange -> {
            credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            alerts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, "");
        });
        site.start();
        int port = Programs.ports(2);
        alertmanager = alertmanager(teller, port + 1);
        prometheus = prometheus(program, port, port + 1);
        http = new CountingHttp(new JdkHttpSystems(folder)
                .open(new HttpSettings(
                        "prometheus",
                        "http://127.0.0.1:" + port,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        1 << 20,
                        Optional.empty(),
                        Optional.empty(),
                        new Credentials.None())));
        Programs.await("Prometheus is ready", Duration.ofSeconds(20), this::isReady);
    }

    private Process alertmanager(Path program, int port) throws IOException {
        Path secret = Files.writeString(folder.resolve("smo.secret"), SECRET + "\n");
        Path file = Files.writeString(folder.resolve("alertmanager.yml"), """
                route: {receiver: hook, group_wait: 0s, group_interval: 1s, repeat_interval: 1h, group_by: [alertname]}
                receivers:
                - name: hook
                  webhook_configs:
                  - url: "http://127.0.0.1:%d/alerts"
                    send_resolved: true
                    http_config: {authorization: {credentials_file: "%s"}}
                """.formatted(
                        site.getAddress().getPort(), secret));
        return Programs.start(
                folder,
                program.toString(),
                "--config.file=" + file,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=");
    }

    private Process prometheus(Path program, int port, int alertmanagerPort) throws IOException {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s/*.yml"]
                scrape_configs:
                - job_name: site
                  honor_labels: true
                  static_configs: [{targets: ["127.0.0.1:%d"]}]
                alerting:
                  alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]
                """.formatted(
                        rules(), site.getAddress().getPort(), alertmanagerPort));
        return Programs.start(
                folder,
                program.toString(),
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-lifecycle",
                // an alert that fires within five seconds of a reload is lost, and is sent again only after this time
                "--rules.alert.resend-delay=2s",
                "--web.console.templates=/nonexistent",
                "--web.console.libraries=/nonexistent");
    }

    private boolean isReady() {
        try {
            http.send(HttpCall.of("GET", "/-/ready", "Wait").anyText());
            return true;
        } catch (eu.nephele.smo.api.port.AdapterException notYet) {
            return false;
        }
    }

    CountingHttp http() {
        return http;
    }

    Path rules() {
        return folder.resolve("rules");
    }

    /** Received notifications, unchanged. */
    List<String> alerts() {
        return alerts;
    }

    /** {@code Authorization} of each notification. */
    List<String> credentials() {
        return credentials;
    }

    /** Returns the rules as Prometheus reports them. */
    String loadedRules() {
        return http.send(HttpCall.of("GET", "/api/v1/rules", "List rules")).body();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Ends everything. */
    void end() throws InterruptedException {
        http.close();
        Programs.end(prometheus);
        Programs.end(alertmanager);
        site.stop(0);
    }
}
