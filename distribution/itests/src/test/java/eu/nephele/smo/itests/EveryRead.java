// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads everything that the contract of a server lets an administrator read; values of paths come from the lists above them. */
final class EveryRead {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    /** Sent until the client ends. */
    private static final List<String> ENDLESS = List.of("/api/v1/events/stream");

    private static final int MOST_OF_A_LIST = 12;

    private final RestClient client;
    private final String[] credentials;
    private final Map<String, RestClient.Answer> answers = new TreeMap<>();

    /** @param token that of the administrator */
    EveryRead(RestClient client, String token) {
        this.client = client;
        this.credentials = new String[] {"Authorization", "Bearer " + token};
    }

    /** Answers by path, those without success as well. */
    Map<String, RestClient.Answer> answers() throws Exception {
        JsonNode paths = new YAMLMapper()
                .readTree(client.call("GET", "/openapi.yaml", "", credentials).text())
                .path("paths");
        List<String> templates = new ArrayList<>();
        paths.properties().forEach(path -> {
            if (path.getValue().has("get") && !ENDLESS.contains(path.getKey())) {
                templates.add(path.getKey());
            }
        });
        for (String template : templates) {
            for (String path : resolved(template, Map.of())) {
                read(path);
            }
        }
        return answers;
    }

    private List<String> resolved(String template, Map<String, JsonNode> item) throws Exception {
        Matcher parameter = PARAMETER.matcher(template);
        if (!parameter.find()) {
            return List.of(template);
        }
        String prefix = template.substring(0, parameter.start() - 1);
        String rest = template.substring(parameter.end());
        List<String> paths = new ArrayList<>();
        for (JsonNode each : item.containsKey("it") ? List.of(item.get("it")) : items(prefix)) {
            Optional<String> value = value(each, parameter.group(1));
            if (value.isPresent()) {
                paths.addAll(resolved(
                        prefix + "/" + value.get() + rest,
                        rest.startsWith("/{") && each.isObject() ? Map.of("it", each) : Map.of()));
            }
        }
        return paths;
    }

    private static Optional<String> value(JsonNode item, String parameter) {
        if (item.isTextual()) {
            return Optional.of(item.asText());
        }
        return Stream.of(parameter, "id", "name", "uid", "title")
                .map(item::path)
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asText)
                .findFirst();
    }

    private List<JsonNode> items(String list) throws Exception {
        RestClient.Answer answer = read(list.equals("/graphs") ? "/project/shop/graphs" : list);
        List<JsonNode> items = new ArrayList<>();
        if (answer.mediaType().endsWith("json")) {
            JsonNode body = answer.json();
            for (JsonNode item : body.isArray() ? body : body.path("items")) {
                if (items.size() < MOST_OF_A_LIST) {
                    items.add(item);
                }
            }
        }
        return items;
    }

    private RestClient.Answer read(String path) throws Exception {
        RestClient.Answer known = answers.get(path);
        if (known == null) {
            known = client.call("GET", path, "", credentials);
            answers.put(path, known);
        }
        return known;
    }
}
