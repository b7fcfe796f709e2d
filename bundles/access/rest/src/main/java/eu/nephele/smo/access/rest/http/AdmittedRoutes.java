// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.core.contract.admission.AdmittedRequests;
import jakarta.ws.rs.HttpMethod;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of the methods that are {@link Admitted}. A path that is written in another way than their templates is not among them:
 * the engine asks again before it stores anything.
 */
public final class AdmittedRoutes implements AdmittedRequests {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

    private record Route(String method, String template, Pattern path) {}

    private final List<Route> routes;

    /** @param resources those of the interface, among whatever else it consists of */
    public AdmittedRoutes(Collection<?> resources) {
        this.routes = resources.stream()
                .flatMap(resource -> Stream.of(resource.getClass().getMethods())
                        .filter(method -> method.isAnnotationPresent(Admitted.class))
                        .flatMap(method -> routes(resource.getClass(), method)))
                .toList();
    }

    private static Stream<Route> routes(Class<?> type, Method method) {
        String template = RouteFilter.route(type, method);
        String path = Stream.of(template.split("/", -1))
                .map(segment -> PARAMETER.matcher(segment).matches() ? "[^/]+" : Pattern.quote(segment))
                .collect(Collectors.joining("/"));
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(kind -> Stream.ofNullable(kind.getAnnotation(HttpMethod.class)))
                .map(of -> new Route(of.value(), template, Pattern.compile(path + "/?")));
    }

    /** A request with a key may repeat one that was accepted, which only the engine can tell. */
    @Override
    public Optional<String> route(String method, String path, Predicate<String> hasHeader) {
        return hasHeader.test(OriginFilter.KEY_HEADER)
                ? Optional.empty()
                : routes.stream()
                        .filter(route -> route.method().equals(method)
                                && route.path().matcher(path).matches())
                        .findFirst()
                        .map(Route::template);
    }
}
