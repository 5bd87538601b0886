// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A list of values that never change. Copies of it, and other lists, share the values: what is equal in two versions
// of a thing is made once. Reads like a std::vector of const values. Thread-safe as that is.

#include <compare>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace signalbox {

template <class T>
class SharedList
{
public:
    using value_type = T;
    using Pointer = std::shared_ptr<const T>;

    class const_iterator
    {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T*;
        using reference = const T&;

        const_iterator() = default;
        explicit const_iterator(const Pointer* at) : m_at(at) {}
        reference operator*() const { return **m_at; }
        pointer operator->() const { return m_at->get(); }
        reference operator[](difference_type by) const { return *m_at[by]; }
        const_iterator& operator+=(difference_type by) { m_at += by; return *this; }
        const_iterator& operator-=(difference_type by) { m_at -= by; return *this; }
        const_iterator& operator++() { return *this += 1; }
        const_iterator& operator--() { return *this -= 1; }
        const_iterator operator++(int) { return const_iterator(m_at++); }
        const_iterator operator--(int) { return const_iterator(m_at--); }
        friend const_iterator operator+(const_iterator i, difference_type by) { return i += by; }
        friend const_iterator operator+(difference_type by, const_iterator i) { return i += by; }
        friend const_iterator operator-(const_iterator i, difference_type by) { return i -= by; }
        friend difference_type operator-(const_iterator a, const_iterator b) { return a.m_at - b.m_at; }
        auto operator<=>(const const_iterator&) const = default;

    private:
        const Pointer* m_at = nullptr;
    };
    using iterator = const_iterator;

    SharedList() = default;
    SharedList(std::initializer_list<T> values)
    {
        for (const T& value : values)
            push_back(value);
    }

    std::size_t size() const { return m_values.size(); }
    bool empty() const { return m_values.empty(); }
    const T& operator[](std::size_t i) const { return *m_values[i]; }
    const T& front() const { return *m_values.front(); }
    const T& back() const { return *m_values.back(); }
    const_iterator begin() const { return const_iterator(m_values.data()); }
    const_iterator end() const { return const_iterator(m_values.data() + m_values.size()); }

    void reserve(std::size_t count) { m_values.reserve(count); }
    void push_back(T value) { m_values.push_back(std::make_shared<const T>(std::move(value))); }
    /// Takes the value of another list over. Never null.
    void share(Pointer value) { m_values.push_back(std::move(value)); }
    const Pointer& shared(std::size_t i) const { return m_values[i]; }

private:
    std::vector<Pointer> m_values;
};

} // namespace signalbox
