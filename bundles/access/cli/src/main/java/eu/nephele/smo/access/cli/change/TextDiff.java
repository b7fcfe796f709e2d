// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.change;

import java.util.ArrayList;
import java.util.List;

/** Differences of two texts by lines, with some lines around them. */
final class TextDiff {

    private static final int AROUND = 3;

    private final List<String> lines = new ArrayList<>();

    TextDiff(List<String> before, List<String> after) {
        int[][] common = common(before, after);
        int left = 0;
        int right = 0;
        while (left < before.size() || right < after.size()) {
            boolean same = left < before.size()
                    && right < after.size()
                    && before.get(left).equals(after.get(right));
            if (same) {
                lines.add("  " + before.get(left));
                left++;
                right++;
            } else if (right >= after.size()
                    || (left < before.size() && common[left + 1][right] >= common[left][right + 1])) {
                lines.add("- " + before.get(left));
                left++;
            } else {
                lines.add("+ " + after.get(right));
                right++;
            }
        }
    }

    /** Lengths of the longest common subsequences of the rests. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int left = before.size() - 1; left >= 0; left--) {
            for (int right = after.size() - 1; right >= 0; right--) {
                common[left][right] = before.get(left).equals(after.get(right))
                        ? common[left + 1][right + 1] + 1
                        : Math.max(common[left + 1][right], common[left][right + 1]);
            }
        }
        return common;
    }

    boolean isEmpty() {
        return lines.stream().allMatch(line -> line.startsWith(" "));
    }

    /** Changed lines and those around them; "…" stands for what is left out. */
    List<String> shown() {
        List<String> shown = new ArrayList<>();
        boolean left = false;
        for (int at = 0; at < lines.size(); at++) {
            if (isNearAChange(at)) {
                if (left) {
                    shown.add("  …");
                }
                shown.add(lines.get(at));
                left = false;
            } else {
                left = true;
            }
        }
        return shown;
    }

    private boolean isNearAChange(int at) {
        for (int near = Math.max(0, at - AROUND); near <= Math.min(lines.size() - 1, at + AROUND); near++) {
            if (!lines.get(near).startsWith(" ")) {
                return true;
            }
        }
        return false;
    }
}
