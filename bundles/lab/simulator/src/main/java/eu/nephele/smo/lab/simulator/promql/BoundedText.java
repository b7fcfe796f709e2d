// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

/** A text with a limit of reads: some regular expressions would else take for ever and stop the world. */
final class BoundedText implements CharSequence {

    private static final int MAX_LOOKS = 100_000;

    private final CharSequence text;
    private int looks;

    BoundedText(CharSequence text) {
        this.text = text;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++looks > MAX_LOOKS) {
            throw PromqlException.inEvaluation(
                    "a regular expression takes too long on the value of a label; simplify it");
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
