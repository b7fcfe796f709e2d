// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the method that serves a request: names its route for the metrics, and refuses unknown query parameters. */
public final class RouteFilter implements ContainerRequestFilter {

    /** Request property with the template of the path, read by the metrics of requests. */
    static final String PROPERTY = "smo.route";

    /** Found once: reflection takes longer than some of the methods. Kept by the class, so that they go together. */
    private final ClassValue<Map<Method, ServedMethod>> served = new ClassValue<>() {
        @Override
        protected Map<Method, ServedMethod> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /**
     * @param template of its path
     * @param parameters of the query that it reads
     * @param lists those of them that may be repeated
     */
    private record ServedMethod(String template, Set<String> parameters, Set<String> lists) {}

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource == null ? null : resource.getResourceMethod();
        Class<?> type = resource == null ? null : resource.getResourceClass();
        if (method == null || type == null || !type.getName().startsWith("eu.nephele.smo.")) {
            return;
        }
        ServedMethod known = served.get(type)
                .computeIfAbsent(method, one -> new ServedMethod(route(type, one), known(one), lists(one)));
        request.setProperty(PROPERTY, known.template());
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        if (!query.isEmpty()) {
            refuseUnknown(query.keySet(), known.parameters());
            refuseRepeated(query, known.lists());
        }
    }

    private static void refuseUnknown(Set<String> given, Set<String> known) {
        List<Violation> unknown = given.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> new Violation("", "unknown query parameter '%s'; known here: %s".formatted(name, known)))
                .toList();
        if (!unknown.isEmpty()) {
            throw SmoException.invalid("The query is not valid", unknown);
        }
    }

    /** Of repeated parameters a program reads the first or last one; they are allowed where the method reads all. */
    private static void refuseRepeated(MultivaluedMap<String, String> query, Set<String> lists) {
        List<Violation> repeated = query.entrySet().stream()
                .filter(parameter -> parameter.getValue().size() > 1 && !lists.contains(parameter.getKey()))
                .map(parameter ->
                        new Violation("", "query parameter '%s' is given twice".formatted(parameter.getKey())))
                .toList();
        if (!repeated.isEmpty()) {
            throw SmoException.invalid("The query is not valid", repeated);
        }
    }

    static Set<String> known(Method method) {
        return names(Stream.of(method.getParameters()));
    }

    /** Names of the parameters that may be repeated, because the method reads all values. */
    private static Set<String> lists(Method method) {
        return names(Stream.of(method.getParameters()).filter(parameter -> parameter.getType() == List.class));
    }

    private static Set<String> names(Stream<Parameter> parameters) {
        return parameters
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(QueryParam.class)))
                .map(QueryParam::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Template of the path of a resource method, {@code /graphs/{name}}. */
    public static String route(Class<?> type, Method method) {
        String path = Stream.of(type.getAnnotation(Path.class), method.getAnnotation(Path.class))
                .flatMap(Stream::ofNullable)
                .map(Path::value)
                .flatMap(value -> Stream.of(value.split("/", -1)))
                .filter(segment -> !segment.isEmpty())
                .collect(Collectors.joining("/"));
        return "/" + path;
    }
}
