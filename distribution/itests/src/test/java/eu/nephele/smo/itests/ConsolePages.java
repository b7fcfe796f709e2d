// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The web console of a server as its administrator finds it: each page that a page names, and the files of its status pages. */
final class ConsolePages {

    private static final String ROOT = "/system/console";
    private static final Pattern LINK =
            Pattern.compile("(?:href|src|action)=['\"]([^'\"#?]+)|\"(" + ROOT + "/[^\"#?]+)\"");
    private static final Pattern LEFT_OUT = Pattern.compile(".*(/res/|/logout|/vmstat|\\.css|\\.js|\\.png|\\.ico).*");
    private static final int MOST = 250;

    private final URI base;
    private final String authorization;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    ConsolePages(int port, String token) {
        this.base = URI.create("http://127.0.0.1:" + port);
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + token).getBytes(StandardCharsets.UTF_8));
    }

    /** The console sleeps until somebody comes, and sends them there until it is awake. */
    void awake() throws Exception {
        Eventually.within(60, () -> call("GET", ROOT + "/configMgr").statusCode(), status -> assertThat(status)
                .isEqualTo(200));
    }

    /** Contents by path, of all that could be read. */
    Map<String, byte[]> all(List<String> pids) throws Exception {
        Map<String, byte[]> read = new TreeMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(ROOT + "/smo", ROOT + "/configMgr", ROOT + "/bundles"));
        while (!next.isEmpty() && read.size() < MOST) {
            String path = next.removeFirst();
            if (read.containsKey(path) || LEFT_OUT.matcher(path).matches()) {
                continue;
            }
            HttpResponse<byte[]> answer = call("GET", path);
            read.put(path, answer.body());
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                Matcher link = LINK.matcher(new String(answer.body(), StandardCharsets.UTF_8));
                while (link.find()) {
                    URI target = base.resolve(path)
                            .resolve((link.group(1) == null ? link.group(2) : link.group(1)).replace(" ", "%20"));
                    if (target.getRawPath() != null && target.getRawPath().startsWith(ROOT)) {
                        next.addLast(target.getRawPath());
                    }
                }
            }
            if (path.contains("/status-") && !path.matches(".*\\.\\w{3,4}")) {
                List.of(".txt", ".zip", ".json", ".nfo").forEach(kind -> next.addLast(path + kind));
            }
        }
        for (String pid : pids) {
            read.put("configMgr of " + pid, page("/configMgr/" + pid));
        }
        return read;
    }

    /** What the page of a configuration is told, or any other that is asked by POST. */
    byte[] page(String path) throws Exception {
        return call("POST", ROOT + path).body();
    }

    /**
     * Changes a configuration as the page of configurations does.
     *
     * @param properties their names, with commas between
     * @param values one for each
     */
    int change(String pid, String properties, String... values) throws Exception {
        StringBuilder query = new StringBuilder("apply=true&action=ajaxConfigManager&propertylist=" + properties);
        String[] names = properties.split(",");
        for (int i = 0; i < names.length; i++) {
            query.append('&').append(names[i]).append('=').append(URLEncoder.encode(values[i], StandardCharsets.UTF_8));
        }
        return call("POST", "%s/configMgr/%s?%s".formatted(ROOT, pid, query)).statusCode();
    }

    private HttpResponse<byte[]> call(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
