package io.github.cdimqtt.server.app.kinds;

import jakarta.enterprise.context.Dependent;

/** Is injected into an observer. */
@Dependent
public class Mirror {

    /** The same point, seen in it. */
    public Point of(Point point) {
        return new Point(point.y(), point.x());
    }
}
