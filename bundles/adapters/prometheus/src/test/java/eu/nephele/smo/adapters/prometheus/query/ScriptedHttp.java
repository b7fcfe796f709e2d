// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus.query;

import eu.nephele.smo.api.port.http.HttpAnswer;
import eu.nephele.smo.api.port.http.HttpCall;
import eu.nephele.smo.api.port.http.HttpSystem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A Prometheus with scripted answers that records its requests. */
public final class ScriptedHttp implements HttpSystem {

    private final Function<Map<String, String>, HttpAnswer> script;
    private final List<Map<String, String>> asked = new ArrayList<>();

    /** @param script form of the query → answer; it may throw */
    public ScriptedHttp(Function<Map<String, String>, HttpAnswer> script) {
        this.script = script;
    }

    public static HttpAnswer json(int status, String body) {
        return new HttpAnswer(status, Map.of("content-type", "application/json"), body);
    }

    public static HttpAnswer data(String type, String result) {
        return json(
                200, "{\"status\":\"success\",\"data\":{\"resultType\":\"%s\",\"result\":%s}}".formatted(type, result));
    }

    List<Map<String, String>> asked() {
        return asked;
    }

    List<String> queries() {
        return asked.stream().map(form -> form.getOrDefault("query", "")).toList();
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        Map<String, String> form = new HashMap<>();
        for (String field : call.body().orElse("").split("&", -1)) {
            String[] pair = field.split("=", 2);
            form.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        form.put("path", call.path());
        asked.add(form);
        return script.apply(form);
    }

    @Override
    public void close() {}
}
