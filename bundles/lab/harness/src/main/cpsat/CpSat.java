// SPDX-License-Identifier: Apache-2.0
import com.google.ortools.Loader;
import com.google.ortools.init.OrToolsVersion;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverSolutionCallback;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Places services by CP-SAT: {@code CpSat SECONDS SEED}, with one worker. A program of its own, compiled when it is started, because OR-Tools is
 * no part of the build. {@code PlainProblem} says what it reads, one problem after the other, {@code CpSatOutput} what it prints for each.
 *
 * <p>The model: one Boolean for each item and cluster on which it fits, where services that have to be together are one item. Traffic is counted
 * between zones: clusters that are equally far from all others. For each link one Boolean for each pair of zones, whose sums are the zones of
 * its ends, and one for each cluster of a zone with several, which takes the distance inside it off again when both ends are there. One Boolean
 * for each cluster that costs something to be opened.
 */
public final class CpSat {

    private static final double NANOS = 1e9;
    private static final double ROUNDING = 1e-6;
    private static final int NONE = -1;

    private final CpModel model = new CpModel();
    private final LinearExprBuilder objective = LinearExpr.newBuilder();
    private final int clusters;
    private final int rows;

    /** By service. */
    private final int[] itemOf;

    /** By item, which is the first of the services that have to be together. */
    private final long[][] demand;

    private final long[][] cost;
    private final Literal[][] at;
    private boolean linked;

    private CpSat(int services, int clusters, int rows) {
        this.clusters = clusters;
        this.rows = rows;
        this.itemOf = new int[services];
        Arrays.setAll(itemOf, s -> s);
        this.demand = new long[services][];
        this.cost = new long[services][];
        this.at = new Literal[services][clusters];
    }

    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        Loader.loadNativeLibraries();
        Numbers in = new Numbers();
        do {
            System.out.println("version " + OrToolsVersion.getVersionString());
            CpSat problem = read(in);
            System.out.printf(Locale.ROOT, "built %.3f%n", (System.nanoTime() - start) / NANOS);
            problem.solve(Double.parseDouble(arguments[0]), Integer.parseInt(arguments[1]));
            start = System.nanoTime();
        } while (!in.end());
    }

    private static CpSat read(Numbers in) throws IOException {
        CpSat problem = new CpSat(in.next(), in.next(), in.next());
        int services = problem.itemOf.length;
        for (int s = 0; s < services; s++) {
            problem.demand[s] = in.next(problem.rows);
        }
        long[][] capacity = new long[problem.clusters][];
        for (int c = 0; c < problem.clusters; c++) {
            capacity[c] = in.next(problem.rows);
        }
        for (int s = 0; s < services; s++) {
            problem.cost[s] = in.next(problem.clusters);
        }
        long[] opening = in.next(problem.clusters);
        int[][] links = new int[in.next()][];
        for (int link = 0; link < links.length; link++) {
            links[link] = new int[] {in.next(), in.next(), in.next()};
        }
        long[][] distance = new long[links.length == 0 ? 0 : problem.clusters][];
        for (int c = 0; c < distance.length; c++) {
            distance[c] = in.next(problem.clusters);
        }
        for (int groups = in.next(); groups > 0; groups--) {
            problem.together(in.next(in.next()));
        }
        problem.assign(capacity, opening);
        for (int pairs = in.next(); pairs > 0; pairs--) {
            problem.apart(problem.itemOf[in.next()], problem.itemOf[in.next()]);
        }
        for (int exclusions = in.next(); exclusions > 0; exclusions--) {
            problem.exclude(problem.itemOf[in.next()], in.next(), problem.itemOf[in.next()], in.next());
        }
        problem.traffic(links, distance);
        problem.model.minimize(problem.objective);
        return problem;
    }

    private void together(long... group) {
        int first = (int) group[0];
        for (int i = 1; i < group.length; i++) {
            int service = (int) group[i];
            itemOf[service] = first;
            for (int row = 0; row < rows; row++) {
                demand[first][row] += demand[service][row];
            }
            for (int c = 0; c < clusters; c++) {
                boolean allowed = cost[first][c] != NONE && cost[service][c] != NONE;
                cost[first][c] = allowed ? cost[first][c] + cost[service][c] : NONE;
            }
        }
    }

    private boolean isItem(int service) {
        return itemOf[service] == service;
    }

    private void assign(long[][] capacity, long... opening) {
        for (int item = 0; item < itemOf.length; item++) {
            if (isItem(item)) {
                for (int c = 0; c < clusters; c++) {
                    if (cost[item][c] != NONE && fits(demand[item], capacity[c])) {
                        at[item][c] = model.newBoolVar("");
                        objective.addTerm(at[item][c], cost[item][c]);
                    }
                }
                model.addExactlyOne(present(at[item]));
            }
        }
        for (int c = 0; c < clusters; c++) {
            for (int row = 0; row < rows; row++) {
                if (capacity[c][row] != NONE) {
                    LinearExprBuilder load = LinearExpr.newBuilder();
                    for (int item = 0; item < itemOf.length; item++) {
                        if (at[item][c] != null && demand[item][row] > 0) {
                            load.addTerm(at[item][c], demand[item][row]);
                        }
                    }
                    model.addLessOrEqual(load, capacity[c][row]);
                }
            }
            if (opening[c] > 0) {
                open(c, opening[c]);
            }
        }
    }

    private void open(int cluster, long opening) {
        BoolVar opened = model.newBoolVar("");
        objective.addTerm(opened, opening);
        for (Literal[] places : at) {
            if (places[cluster] != null) {
                model.addImplication(places[cluster], opened);
            }
        }
    }

    /** Two places that cannot both be taken; a single item is at one of them only anyway. */
    private void exclude(int one, int cluster, int other, int there) {
        if (one != other && at[one][cluster] != null && at[other][there] != null) {
            model.addAtMostOne(new Literal[] {at[one][cluster], at[other][there]});
        }
    }

    private static boolean fits(long[] demand, long[] capacity) {
        for (int row = 0; row < demand.length; row++) {
            if (capacity[row] != NONE && demand[row] > capacity[row]) {
                return false;
            }
        }
        return true;
    }

    private static Literal[] present(Literal... literals) {
        return Arrays.stream(literals).filter(literal -> literal != null).toArray(Literal[]::new);
    }

    private void apart(int one, int other) {
        for (int c = 0; c < clusters; c++) {
            if (one == other) {
                model.addExactlyOne(new Literal[0]);
            } else if (at[one][c] != null && at[other][c] != null) {
                model.addAtMostOne(new Literal[] {at[one][c], at[other][c]});
            }
        }
    }

    private void traffic(int[][] links, long[][] distance) {
        if (links.length == 0) {
            return;
        }
        linked = true;
        int[] zoneOf = zones(distance);
        Literal[][] zoneAt = new Literal[itemOf.length][];
        for (int[] link : links) {
            int one = itemOf[link[0]];
            int other = itemOf[link[1]];
            if (one != other) {
                for (int item : new int[] {one, other}) {
                    zoneAt[item] = zoneAt[item] == null ? zonesOf(item, zoneOf) : zoneAt[item];
                }
                link(one, other, link[2], zoneOf, zoneAt, distance);
            }
        }
    }

    /** Returns the first cluster of the zone of each. */
    private int[] zones(long[][] distance) {
        int[] zoneOf = new int[clusters];
        for (int c = 0; c < clusters; c++) {
            zoneOf[c] = c;
            for (int first = 0; first < c && zoneOf[c] == c; first++) {
                if (zoneOf[first] == first && areAlike(first, c, distance)) {
                    zoneOf[c] = first;
                }
            }
        }
        return zoneOf;
    }

    private boolean areAlike(int one, int other, long[][] distance) {
        boolean alike = distance[one][other] == distance[other][one];
        for (int c = 0; c < clusters && alike; c++) {
            boolean third = c != one && c != other;
            alike = !third || distance[one][c] == distance[other][c] && distance[c][one] == distance[c][other];
        }
        return alike;
    }

    private Literal[] zonesOf(int item, int... zoneOf) {
        Literal[] inZone = new Literal[clusters];
        for (int zone = 0; zone < clusters; zone++) {
            Literal[] members = new Literal[clusters];
            for (int c = 0; c < clusters; c++) {
                members[c] = zoneOf[c] == zone ? at[item][c] : null;
            }
            Literal[] possible = present(members);
            if (possible.length == 1) {
                inZone[zone] = possible[0];
            } else if (possible.length > 1) {
                BoolVar sum = model.newBoolVar("");
                model.addEquality(LinearExpr.sum(possible), sum);
                inZone[zone] = sum;
            }
        }
        return inZone;
    }

    private void link(int one, int other, long traffic, int[] zoneOf, Literal[][] zoneAt, long[][] distance) {
        Literal[][] both = new Literal[clusters][clusters];
        for (int zone = 0; zone < clusters; zone++) {
            for (int there = 0; there < clusters; there++) {
                if (zoneAt[one][zone] != null && zoneAt[other][there] != null) {
                    both[zone][there] = model.newBoolVar("");
                    if (zone != there) {
                        objective.addTerm(both[zone][there], traffic * distance[zone][there]);
                    }
                }
            }
        }
        for (int zone = 0; zone < clusters; zone++) {
            Literal[] incoming = new Literal[clusters];
            for (int there = 0; there < clusters; there++) {
                incoming[there] = both[there][zone];
            }
            sumsTo(zoneAt[one][zone], both[zone]);
            sumsTo(zoneAt[other][zone], incoming);
        }
        for (int c = 0; c < clusters; c++) {
            long inner = traffic * inner(c, zoneOf, distance);
            if (inner > 0 && zoneOf[c] == c && both[c][c] != null) {
                objective.addTerm(both[c][c], inner);
            }
            if (inner > 0) {
                shared(one, other, c, inner);
            }
        }
    }

    /** Returns how far a cluster is from the others of its zone; 0 if there are none. */
    private long inner(int cluster, int[] zoneOf, long[][] distance) {
        for (int c = 0; c < clusters; c++) {
            if (c != cluster && zoneOf[c] == zoneOf[cluster]) {
                return distance[cluster][c];
            }
        }
        return 0;
    }

    private void sumsTo(Literal sum, Literal... literals) {
        if (sum != null) {
            model.addEquality(LinearExpr.sum(present(literals)), sum);
        }
    }

    /** The zone costs its inner distance, and sharing a cluster saves it. */
    private void shared(int one, int other, int cluster, long saved) {
        if (at[one][cluster] != null && at[other][cluster] != null) {
            BoolVar shared = model.newBoolVar("");
            model.addImplication(shared, at[one][cluster]);
            model.addImplication(shared, at[other][cluster]);
            objective.addTerm(shared, -saved);
        }
    }

    private void solve(double seconds, int seed) {
        CpSolver solver = new CpSolver();
        // With traffic the default, 1, proves little: on 50 x 10 services and clusters it left three times the gap.
        solver.getParameters().setLinearizationLevel(linked ? 2 : 1);
        solver.getParameters()
                .setNumWorkers(1)
                .setMaxTimeInSeconds(seconds)
                .setRandomSeed(seed);
        long start = System.nanoTime();
        CpSolverStatus status = solver.solve(model, new CpSolverSolutionCallback() {
            @Override
            public void onSolutionCallback() {
                StringBuilder line = new StringBuilder();
                line.append(String.format(Locale.ROOT, "solution %.4f", (System.nanoTime() - start) / NANOS));
                for (int item : itemOf) {
                    for (int c = 0; c < clusters; c++) {
                        if (at[item][c] != null && booleanValue(at[item][c])) {
                            line.append(' ').append(c);
                        }
                    }
                }
                System.out.println(line);
            }
        });
        double bound = solver.bestObjectiveBound();
        System.out.printf(
                Locale.ROOT,
                "end %s %.4f %s%n",
                status,
                (System.nanoTime() - start) / NANOS,
                bound > 0 && bound < Long.MAX_VALUE ? Long.toString((long) Math.ceil(bound - ROUNDING)) : "none");
    }

    /** Whole numbers of standard input. Doubles are exact up to 2^53. */
    private static final class Numbers {

        private final BufferedReader reader =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        private final StreamTokenizer tokens = new StreamTokenizer(reader);

        boolean end() throws IOException {
            boolean end = tokens.nextToken() == StreamTokenizer.TT_EOF;
            tokens.pushBack();
            return end;
        }

        int next() throws IOException {
            return (int) number();
        }

        long[] next(int count) throws IOException {
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = number();
            }
            return numbers;
        }

        private long number() throws IOException {
            if (tokens.nextToken() != StreamTokenizer.TT_NUMBER) {
                throw new IOException("a number is missing in line " + tokens.lineno());
            }
            return (long) tokens.nval;
        }
    }
}
