// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Descriptors made by chance, and changes of them. The same random numbers make the same descriptors. */
final class RandomGraphs {

    private static final List<String> CPU = List.of("light", "small", "small", "medium");

    /**
     * @param event whether it waits for an event
     * @param thing whether it stands for a device, so that it must never run twice
     * @param needs services that have to be ready first
     * @param calls services that it calls
     * @param apart services that must be on other clusters
     * @param excluded clusters it must not be on
     */
    record Service(
            String id,
            String cpu,
            int image,
            int setting,
            int minReplicas,
            boolean event,
            boolean thing,
            Set<String> needs,
            Set<String> calls,
            Set<String> apart,
            Set<String> excluded) {

        private Service without(Set<String> gone) {
            return new Service(
                    id,
                    cpu,
                    image,
                    setting,
                    minReplicas,
                    event,
                    thing,
                    less(needs, gone),
                    less(calls, gone),
                    less(apart, gone),
                    excluded);
        }

        private static Set<String> less(Set<String> all, Set<String> gone) {
            Set<String> rest = new TreeSet<>(all);
            rest.removeAll(gone);
            return rest;
        }
    }

    /** @param head further members of the graph, one per line */
    record Draft(String name, List<String> head, List<Service> services) {

        String yaml() {
            StringBuilder yaml = new StringBuilder("hdaGraph:\n  id: %s\n".formatted(name));
            head.forEach(line -> yaml.append("  ").append(line).append('\n'));
            yaml.append("  services:\n");
            services.forEach(service -> yaml.append(text(service)));
            return yaml.toString();
        }

        private static String text(Service service) {
            String trigger = service.event()
                    ? "{ event: { condition: ANY, events: [ { id: busy, condition: { promQuery: \"frames > 20\","
                            + " gracePeriod: 1m, description: many } } ] } }"
                    : "{ auto: { dependencies: %s } }".formatted(list(service.needs()));
            String values = service.thing()
                    ? "{ voDescriptorOverwrite: { setting: %d }, voChartOverwrite: {} }"
                    : "{ setting: %d }";
            String type = service.thing() ? "{ type: VO, implementer: WOT }" : "{ type: App, implementer: HELM }";
            String apart = service.apart().isEmpty() ? "" : "\n          antiAffinity: " + list(service.apart());
            String location = service.excluded().isEmpty()
                    ? ""
                    : "\n          location: { excludeClusters: %s }".formatted(list(service.excluded()));
            return """
                        - id: %s
                          deployment:
                            trigger: %s
                            intent:
                              compute: { cpu: %s, ram: light, storage: small, gpu: { enabled: false } }
                              connectionPoints: %s%s%s
                          scaling: { minReplicas: %d, maxReplicas: 4, profile: { alpha: 10, beta: 0 } }
                          artifact:
                            ociImage: "oci://registry.example/demo/app:%d.0.0"
                            ociConfig: %s
                            valuesOverwrite: %s
                    """.formatted(
                            service.id(),
                            trigger,
                            service.cpu(),
                            list(service.calls()),
                            apart.replace("\n          ", "\n          "),
                            location,
                            service.minReplicas(),
                            service.image(),
                            type,
                            values.formatted(service.setting()))
                    .indent(4);
        }

        private static String list(Set<String> names) {
            return names.stream().collect(Collectors.joining(", ", "[", "]"));
        }
    }

    private final Random random;
    private final List<String> clusters;
    private int numbers;

    RandomGraphs(Random random, List<String> clusters) {
        this.random = random;
        this.clusters = clusters;
    }

    Draft graph(String name, List<String> head, int mostServices) {
        List<Service> services = new ArrayList<>();
        int count = 1 + random.nextInt(mostServices);
        for (int i = 0; i < count; i++) {
            services.add(service(name, services));
        }
        return new Draft(name, head, services);
    }

    /** One to three changes at once: services come, go, get other content, needs or places, or another order. */
    Draft changed(Draft draft) {
        Draft next = draft;
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            next = changedOnce(next);
        }
        return next;
    }

    private Draft changedOnce(Draft draft) {
        List<Service> services = new ArrayList<>(draft.services());
        int which = random.nextInt(services.size());
        Service old = services.get(which);
        switch (random.nextInt(8)) {
            case 0 -> services.add(random.nextInt(services.size() + 1), service(draft.name(), services));
            case 1 -> {
                if (services.size() > 1) {
                    services.remove(which);
                    services.replaceAll(service -> service.without(Set.of(old.id())));
                }
            }
            case 2 -> Collections.shuffle(services, random);
            case 3 -> services.set(which, with(old, old.cpu(), old.image() + 1, old.setting(), old.minReplicas()));
            case 4 -> services.set(which, with(old, pick(CPU), old.image(), old.setting(), old.minReplicas()));
            case 5 -> services.set(which, with(old, old.cpu(), old.image(), old.setting(), 1 + random.nextInt(2)));
            case 6 -> services.set(which, placed(old));
            default -> services.set(which, with(old, old.cpu(), old.image(), old.setting() + 1, old.minReplicas()));
        }
        return new Draft(draft.name(), draft.head(), services);
    }

    private Service service(String graph, List<Service> others) {
        boolean event = random.nextInt(6) == 0;
        boolean thing = random.nextInt(6) == 0;
        Set<String> needs = new TreeSet<>();
        Set<String> calls = new TreeSet<>();
        Set<String> apart = new TreeSet<>();
        for (Service other : others) {
            if (!event && !other.event() && random.nextInt(4) == 0) {
                needs.add(other.id());
            }
            if (random.nextInt(3) == 0) {
                calls.add(other.id());
            }
            if (random.nextInt(8) == 0) {
                apart.add(other.id());
            }
        }
        Service made = new Service(
                graph + "-s" + numbers++,
                pick(CPU),
                1,
                0,
                random.nextInt(4) == 0 && !thing ? 2 : 1,
                event,
                thing,
                needs,
                calls,
                apart,
                Set.of());
        return random.nextInt(5) == 0 ? placed(made) : made;
    }

    private Service placed(Service old) {
        return new Service(
                old.id(),
                old.cpu(),
                old.image(),
                old.setting(),
                old.minReplicas(),
                old.event(),
                old.thing(),
                old.needs(),
                old.calls(),
                old.apart(),
                random.nextBoolean() ? Set.of() : Set.of(pick(clusters)));
    }

    private static Service with(Service old, String cpu, int image, int setting, int minReplicas) {
        return new Service(
                old.id(),
                cpu,
                image,
                setting,
                old.thing() ? 1 : minReplicas,
                old.event(),
                old.thing(),
                old.needs(),
                old.calls(),
                old.apart(),
                old.excluded());
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
