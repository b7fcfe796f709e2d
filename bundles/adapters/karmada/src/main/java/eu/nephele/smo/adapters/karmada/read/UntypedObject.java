// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.karmada.read;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A part of an object without a Java class. Missing parts, and parts of another type than expected, are empty. */
public record UntypedObject(Optional<Object> value) {

    private static final UntypedObject NOTHING = new UntypedObject(Optional.empty());

    /** Everything but the metadata. */
    public static UntypedObject from(GenericKubernetesResource resource) {
        return new UntypedObject(Optional.ofNullable(resource.getAdditionalProperties()));
    }

    public UntypedObject at(String... keys) {
        UntypedObject at = this;
        for (String key : keys) {
            at = at.value
                    .filter(Map.class::isInstance)
                    .flatMap(map -> Optional.<Object>ofNullable(((Map<?, ?>) map).get(key)))
                    .map(found -> new UntypedObject(Optional.of(found)))
                    .orElse(NOTHING);
        }
        return at;
    }

    public List<UntypedObject> list() {
        return value.filter(List.class::isInstance).stream()
                .flatMap(list -> ((List<?>) list).stream())
                .map(item -> new UntypedObject(Optional.ofNullable(item)))
                .toList();
    }

    public Optional<String> text() {
        return value.filter(it -> !(it instanceof Map) && !(it instanceof List)).map(String::valueOf);
    }

    public Optional<Integer> number() {
        return value.filter(Number.class::isInstance).map(it -> ((Number) it).intValue());
    }

    public Optional<Long> whole() {
        return value.filter(Number.class::isInstance).map(it -> ((Number) it).longValue());
    }

    public List<String> texts() {
        return list().stream().flatMap(item -> item.text().stream()).toList();
    }

    public Map<String, String> map() {
        Map<String, String> texts = new LinkedHashMap<>();
        value.filter(Map.class::isInstance).ifPresent(map -> ((Map<?, ?>) map)
                .forEach((key, text) -> texts.put(String.valueOf(key), String.valueOf(text))));
        return texts;
    }
}
