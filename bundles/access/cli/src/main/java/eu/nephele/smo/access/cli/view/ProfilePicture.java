// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.view;

import eu.nephele.smo.scaling.profiler.CapacityLine;
import eu.nephele.smo.scaling.profiler.CapacityObservation;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A fit as SVG: the capacity that was seen over the replicas, the line, its 90 % band and the careful line. */
public final class ProfilePicture {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int RIGHT = 30;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;
    private static final int GAP = 6;
    private static final double CAREFUL = 0.9;
    /** Points of one number of replicas lie beside each other over this width. */
    private static final double WIDE = 0.5;
    /** Above the line; what is higher is drawn at the edge. */
    private static final double ROOM_ABOVE = 1.2;

    private final List<CapacityObservation> seen;
    private final double most;
    private final int replicas;

    private ProfilePicture(ProfileFit fit) {
        this.seen = fit.observations();
        this.replicas =
                seen.stream().mapToInt(CapacityObservation::replicas).max().orElse(1);
        this.most = ROOM_ABOVE
                * fit.profile()
                        .map(profile -> profile.line().at(replicas))
                        .filter(capacity -> capacity > 0)
                        .orElseGet(() -> seen.stream()
                                .mapToDouble(CapacityObservation::perSecond)
                                .max()
                                .orElse(1));
    }

    /** @param service its name, for the title */
    public static String svg(ProfileFit fit, String service) {
        return new ProfilePicture(fit).draw(fit, service);
    }

    private String draw(ProfileFit fit, String service) {
        SvgCanvas canvas = new SvgCanvas().add("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11">
                <rect width="100%%" height="100%%" fill="white"/>
                """, WIDTH, HEIGHT);
        canvas.add("<g font-size=\"14\">%n")
                .words(LEFT, TOP / 2.0, "", "start", title(fit, service))
                .add("</g>%n");
        axes(canvas);
        fit.profile().ifPresent(profile -> band(canvas, profile));
        points(canvas);
        fit.profile().ifPresent(profile -> lines(canvas, profile));
        return canvas.add("</svg>%n").text();
    }

    private static String title(ProfileFit fit, String service) {
        return fit.profile()
                .map(profile -> "%s: %s · r %s %s requests per second"
                        .formatted(
                                service,
                                figure(profile.line().alpha()),
                                profile.line().beta() < 0 ? "−" : "+",
                                figure(Math.abs(profile.line().beta()))))
                .orElse(service + ": " + fit.reason());
    }

    private void axes(SvgCanvas canvas) {
        int bottom = HEIGHT - BOTTOM;
        canvas.add("<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"gray\"/>%n", LEFT, TOP, bottom, WIDTH - RIGHT);
        for (int r = 1; r <= replicas; r++) {
            canvas.words(x(r), bottom + 3.0 * GAP, "", "middle", Integer.toString(r));
        }
        for (int quarter = 1; quarter <= 4; quarter++) {
            double value = most * quarter / 4;
            canvas.add("<path d=\"M%d %.1f H%d\" stroke=\"gainsboro\"/>%n", LEFT, y(value), WIDTH - RIGHT);
            canvas.words(LEFT - GAP, y(value) + GAP / 2.0, "", "end", figure(value));
        }
        canvas.words(WIDTH - RIGHT, HEIGHT - GAP * 2.0, "", "end", "replicas");
        canvas.words(LEFT, TOP - GAP, "", "start", "requests per second");
    }

    private void points(SvgCanvas canvas) {
        Map<Integer, Integer> all = new TreeMap<>();
        seen.forEach(one -> all.merge(one.replicas(), 1, Integer::sum));
        Map<Integer, Integer> drawn = new TreeMap<>();
        for (CapacityObservation one : seen) {
            int number = drawn.merge(one.replicas(), 1, Integer::sum);
            double aside = WIDE * ((number - 0.5) / all.getOrDefault(one.replicas(), 1) - 0.5);
            canvas.add(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"steelblue\" fill-opacity=\"0.5\"/>%n",
                    x(one.replicas() + aside), y(Math.min(most, one.perSecond())));
        }
    }

    private void band(SvgCanvas canvas, FittedProfile profile) {
        double error = profile.quality().capacityError();
        CapacityLine upper = profile.line().times(1 + Math.min(1, error));
        CapacityLine lower = profile.line().times(1 - Math.min(1, error));
        canvas.add(
                "<path d=\"M%.1f %.1f L%.1f %.1f L%.1f %.1f L%.1f %.1f Z\" fill=\"orange\" fill-opacity=\"0.3\"/>%n",
                x(1),
                y(upper.at(1)),
                x(replicas),
                y(upper.at(replicas)),
                x(replicas),
                y(lower.at(replicas)),
                x(1),
                y(lower.at(1)));
    }

    private void lines(SvgCanvas canvas, FittedProfile profile) {
        line(canvas, profile.line(), "darkorange", "");
        line(canvas, profile.cautious(CAREFUL), "gray", " stroke-dasharray=\"4 3\"");
        canvas.words(WIDTH - RIGHT, HEIGHT - BOTTOM - 1.0 * GAP, "", "end", "dashed: there at 90 of 100 moments");
    }

    private void line(SvgCanvas canvas, CapacityLine line, String colour, String dashes) {
        canvas.add(
                "<path d=\"M%.1f %.1f L%.1f %.1f\" stroke=\"%s\" stroke-width=\"2\"%s/>%n",
                x(1), y(line.at(1)), x(replicas), y(line.at(replicas)), colour, dashes);
    }

    private double x(double r) {
        return LEFT + r / (replicas + 0.5) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double perSecond) {
        double share = Math.max(0, Math.min(1, perSecond / most));
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static String figure(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString()
                : "?";
    }
}
