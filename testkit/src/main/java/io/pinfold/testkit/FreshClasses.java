package io.pinfold.testkit;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the classes of a package, and of those below it, anew, so that none of them is initialised yet; leaves all others to the
 * test's own loader.
 */
public final class FreshClasses extends URLClassLoader {

    private final String prefix;

    private FreshClasses(Class<?> one) {
        super(new URL[]{one.getProtectionDomain().getCodeSource().getLocation()}, one.getClassLoader());
        this.prefix = one.getPackageName() + ".";
    }

    /** The classes of {@code one}'s package, from where it came from. */
    public static FreshClasses besides(Class<?> one) {
        return new FreshClasses(one);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(prefix)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
